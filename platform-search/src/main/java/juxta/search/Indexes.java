package juxta.search;

import java.nio.file.Path;
import juxta.api.UserException;

/** Opens vector indexes by a word or an address. */
public final class Indexes {
  /** Up to this many vectors a new index is exact, if no kind is asked for. */
  public static final int MOST_EXACT = 1_000_000;

  private Indexes() {}

  /**
   * Opens an index of a certain kind.
   *
   * @param where {@code exact}, {@code hnsw}, or an address {@code jdbc:postgresql://…} as {@link
   *     PgVectorIndex#open} takes it
   * @param folder where an exact or hnsw index is, or will be; not used with an address
   * @param dimensions length of the vectors, 1 or more
   * @return the index, empty if it was not there yet
   * @throws UserException if there is no such kind, or the index cannot be opened
   */
  public static VectorIndex open(String where, Path folder, int dimensions) {
    if (where.startsWith(PgAddress.PREFIX)) {
      return PgVectorIndex.open(where, dimensions, HnswSettings.DEFAULT);
    }
    return switch (where) {
      case "exact" -> ExactIndex.open(folder, dimensions);
      case "hnsw" -> HnswIndex.open(folder, dimensions, HnswSettings.DEFAULT);
      default ->
          throw new UserException(
              "there is no index '"
                  + where.replaceAll("\\?.*", "")
                  + "'; choose exact, hnsw or jdbc:postgresql://host/database");
    };
  }

  /**
   * Opens the index that a folder holds; if it holds none, one of the kind that suits the number of
   * vectors: exact up to {@value #MOST_EXACT}, else hnsw.
   *
   * @param folder where the index is, or will be
   * @param dimensions length of the vectors, 1 or more
   * @param expected how many vectors there will be
   * @return the index, empty if it was not there yet
   * @throws UserException if the index cannot be opened
   */
  public static VectorIndex open(Path folder, int dimensions, long expected) {
    Kind suits = expected <= MOST_EXACT ? Kind.EXACT : Kind.HNSW;
    return open(Kind.of(folder).orElse(suits).word(), folder, dimensions);
  }
}
