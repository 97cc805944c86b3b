package juxta.plugin.spps;

import java.util.Comparator;

/**
 * Two different images that count as positives of each other.
 *
 * @param first index of one image
 * @param second index of the other, larger than {@code first}
 * @param similarity their cosine
 */
record Pair(int first, int second, double similarity) {
  /** By the first image, then by the second. */
  static final Comparator<Pair> BY_IMAGES =
      Comparator.comparingInt(Pair::first).thenComparingInt(Pair::second);

  /** The most similar first. */
  static final Comparator<Pair> BY_SIMILARITY =
      Comparator.comparingDouble(Pair::similarity).reversed().thenComparing(BY_IMAGES);

  Pair {
    if (first >= second) {
      throw new IllegalArgumentException("a pair of " + first + " and " + second);
    }
  }

  static Pair of(int i, int j, double similarity) {
    return new Pair(Math.min(i, j), Math.max(i, j), similarity);
  }

  /** Both images as one number. */
  long key() {
    return (long) first << 32 | second;
  }
}
