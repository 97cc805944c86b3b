package juxta.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Exact search by cosine among the embeddings that {@code juxta embed RUN --data D --out FILE}
 * wrote. The numbers stay in their file, which is mapped into memory; names and labels, of the
 * table beside it, are held. Every search reads all rows. Safe to use from several threads at once;
 * there is nothing to close.
 *
 * <pre>{@code
 * Index index = Index.open(Path.of("photos.npy"));
 * for (Index.Hit hit : index.search(model.embed(Path.of("photo.jpg")), 10)) {
 *   System.out.println(hit.similarity() + " " + hit.id());
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class Index {
  private static final Comparator<Hit> WORST_FIRST =
      Comparator.comparingDouble(Hit::similarity)
          .thenComparing(Comparator.comparingInt(Hit::row).reversed());

  private final MappedRows rows;
  private final List<RowNames.Name> names;

  private Index(MappedRows rows, List<RowNames.Name> names) {
    this.rows = rows;
    this.names = names;
  }

  /**
   * A row that was found.
   *
   * @param row its number, from 0
   * @param id the record's file, case, or split and number
   * @param label name of its class; empty if there is none
   * @param similarity cosine with the query, from -1 to 1; 0 where a vector is zero
   */
  public record Hit(int row, String id, String label, double similarity) {}

  /**
   * Opens a file of embeddings.
   *
   * @param file a {@code .npy} or {@code .safetensors} file that {@code juxta embed} wrote, with
   *     its table beside it: the same name with {@code .csv}
   * @return the index
   * @throws InferenceException if a file is missing, damaged, or does not belong to the other
   */
  public static Index open(Path file) {
    MappedRows rows;
    try {
      rows = MappedRows.open(file);
    } catch (IOException | RuntimeException e) {
      throw new InferenceException(
          file
              + ": cannot be read as embeddings ("
              + (e instanceof java.nio.file.NoSuchFileException
                  ? "there is no such file"
                  : InferenceException.reason(e))
              + "); name a .npy or .safetensors file that 'juxta embed' wrote",
          e);
    }
    Path table = RowNames.beside(file);
    List<RowNames.Name> names = RowNames.read(table);
    if (names.size() != rows.count()) {
      throw new InferenceException(
          "%s: names %d rows, but %s has %d; take both from one 'juxta embed'"
              .formatted(table, names.size(), file, rows.count()));
    }
    return new Index(rows, names);
  }

  /**
   * Number of rows.
   *
   * @return 0 or more
   */
  public int size() {
    return rows.count();
  }

  /**
   * Length of an embedding.
   *
   * @return numbers a row
   */
  public int width() {
    return rows.width();
  }

  /**
   * Finds the rows that are most alike.
   *
   * @param query an embedding of the same model, {@link #width} numbers
   * @param k how many are wanted, 1 or more
   * @return the best, at most {@code k}, best first; of equal ones the first rows
   * @throws InferenceException if the query is of another length, or a number of it is not finite
   * @throws IllegalArgumentException if {@code k} is less than 1
   */
  public List<Hit> search(float[] query, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("ask for 1 or more rows, not " + k);
    }
    if (query.length != width()) {
      throw new InferenceException(
          "the query has "
              + query.length
              + " numbers and the rows have "
              + width()
              + "; embed it with the model that made them");
    }
    double own = 0;
    for (float number : query) {
      own += (double) number * number;
    }
    if (!Double.isFinite(own)) {
      throw new InferenceException("a number of the query is not finite");
    }
    PriorityQueue<Hit> best = new PriorityQueue<>(WORST_FIRST);
    for (int row = 0; row < size(); row++) {
      double similarity = cosine(query, own, rows.row(row));
      if (best.size() < k || similarity > best.element().similarity()) {
        RowNames.Name name = names.get(row);
        best.add(new Hit(row, name.id(), name.label(), similarity));
        if (best.size() > k) {
          best.remove();
        }
      }
    }
    List<Hit> found = new ArrayList<>(best);
    found.sort(WORST_FIRST.reversed());
    return List.copyOf(found);
  }

  private static double cosine(float[] query, double own, FloatBuffer row) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < query.length; i++) {
      double number = row.get(i);
      product += number * query[i];
      square += number * number;
    }
    double lengths = Math.sqrt(own) * Math.sqrt(square);
    return lengths > 0 ? Math.max(-1, Math.min(1, product / lengths)) : 0;
  }
}
