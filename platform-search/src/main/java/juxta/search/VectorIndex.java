package juxta.search;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import juxta.api.Matrix;
import juxta.api.UserException;

/**
 * Vectors by id, and a search for those that are most alike to a query. Vectors and queries are
 * brought to length 1 on the way in, so that the score of a hit is the cosine.
 *
 * <p>Hits are ranked by score, the best first; of equal scores the vector that came first is first.
 * A vector that replaces another one keeps its place.
 *
 * <p>An id has 1 to 2,000 bytes as UTF-8 and no control characters.
 *
 * <p>Any number of threads may search while one thread changes the index. A search sees all of a
 * change or nothing of it.
 */
public interface VectorIndex extends AutoCloseable {
  /** Wants every vector. */
  Predicate<String> ALL = id -> true;

  /**
   * How many vectors there are.
   *
   * @return 0 or more
   */
  int size();

  /**
   * Length of every vector.
   *
   * @return number of features, 1 or more
   */
  int dimensions();

  /**
   * Adds vectors, or replaces those whose id is there already. Of rows with the same id the last
   * one counts. If one row is refused, nothing is changed.
   *
   * @param ids one id a row
   * @param vectors [ids, dimensions]; not kept
   * @throws UserException if a vector is zero, not finite or of the wrong length, if an id is not
   *     possible, or if the index cannot be changed
   */
  void upsert(List<String> ids, Matrix vectors);

  /**
   * Adds a vector, or replaces the one with this id.
   *
   * @param id its id
   * @param vector [dimensions]; not kept
   * @throws UserException see {@link #upsert(List, Matrix)}
   */
  default void upsert(String id, float[] vector) {
    upsert(List.of(id), new Matrix(1, vector.length, vector));
  }

  /**
   * Removes vectors.
   *
   * @param ids their ids; those that are not there are passed over
   * @return how many were there
   * @throws UserException if the index cannot be changed
   */
  int remove(Collection<String> ids);

  /**
   * Finds the vectors that are most alike to a query.
   *
   * @param query [dimensions]
   * @param k how many are wanted, 1 or more
   * @return k hits, the best first; fewer if the index holds fewer
   * @throws UserException if the query is zero, not finite or of the wrong length, if k is below 1,
   *     or if the index cannot be read
   */
  default List<Hit> search(float[] query, int k) {
    return search(query, k, ALL);
  }

  /**
   * Finds, of some of the vectors, those that are most alike to a query.
   *
   * @param query [dimensions]
   * @param k how many are wanted, 1 or more
   * @param wanted tells by their ids which vectors may be found, see {@link #search(Matrix, int,
   *     Predicate)}
   * @return k hits, the best first; fewer if fewer are wanted
   * @throws UserException see {@link #search(float[], int)}
   */
  default List<Hit> search(float[] query, int k, Predicate<String> wanted) {
    return search(new Matrix(1, query.length, query), k, wanted).get(0);
  }

  /**
   * Finds the vectors that are most alike to each of several queries; faster than one by one.
   *
   * @param queries [queries, dimensions]
   * @param k how many are wanted for each, 1 or more
   * @return hits for each query, as {@link #search(float[], int)} gives them
   * @throws UserException see {@link #search(float[], int)}
   */
  default List<List<Hit>> search(Matrix queries, int k) {
    return search(queries, k, ALL);
  }

  /**
   * Finds, of some of the vectors, those that are most alike to each of several queries. However
   * few are wanted, they are found: an index that ranks approximately looks at all wanted ones if
   * it has to.
   *
   * @param queries [queries, dimensions]
   * @param k how many are wanted for each, 1 or more
   * @param wanted tells by their ids which vectors may be found; asked by several threads at once,
   *     of any id in any order, of some more than once, so it must be quick and of one opinion
   * @return hits for each query, as {@link #search(float[], int, Predicate)} gives them
   * @throws UserException see {@link #search(float[], int)}
   */
  List<List<Hit>> search(Matrix queries, int k, Predicate<String> wanted);

  /**
   * Makes all changes so far last. A crash before the end of it leaves what was saved last. An
   * index in a database saves each change as it is made.
   *
   * @throws UserException if the index cannot be written; what was saved last is untouched
   */
  void save();

  /** Gives memory and files back. Changes that were not saved are lost. */
  @Override
  void close();
}
