package juxta.plugin.spps;

/**
 * The similarities of images that count as a pair: at least {@code low}, so that they show the
 * same, and at most {@code high}, so that they are no copies.
 *
 * @param low tau_min, a cosine
 * @param high tau_max, a cosine
 */
record Band(double low, double high) {
  /** What rounding may take from a similarity at the limits. */
  static final double TOLERANCE = 1e-6;

  boolean holds(double similarity) {
    return similarity >= low - TOLERANCE && similarity <= high + TOLERANCE;
  }
}
