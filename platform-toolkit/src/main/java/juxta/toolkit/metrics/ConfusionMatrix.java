package juxta.toolkit.metrics;

import java.util.stream.IntStream;

/**
 * Counts how often each class was taken for each other, over as many pixels as wanted, and what
 * follows of the counts. Scores of a class that neither is there nor was predicted are not defined
 * ({@code NaN}) and are left out of means.
 */
public final class ConfusionMatrix {
  private final long[][] counts; // [actual][predicted]

  /**
   * No counts yet.
   *
   * @param classes number of classes, 1 or more
   */
  public ConfusionMatrix(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Counts one pixel.
   *
   * @param actual its class
   * @param predicted the class that it was taken for
   */
  public void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  /**
   * Number of classes.
   *
   * @return 1 or more
   */
  public int classes() {
    return counts.length;
  }

  /**
   * How often a class was taken for another.
   *
   * @param actual the class
   * @param predicted the class that it was taken for
   * @return a count
   */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /**
   * All pixels counted.
   *
   * @return 0 or more
   */
  public long total() {
    return IntStream.range(0, classes()).mapToLong(this::actual).sum();
  }

  /**
   * Pixels of a class.
   *
   * @param c the class
   * @return 0 or more
   */
  public long actual(int c) {
    return IntStream.range(0, classes()).mapToLong(p -> counts[c][p]).sum();
  }

  /**
   * Pixels that were taken for a class.
   *
   * @param c the class
   * @return 0 or more
   */
  public long predicted(int c) {
    return IntStream.range(0, classes()).mapToLong(a -> counts[a][c]).sum();
  }

  /**
   * Intersection over union of a class: right ones over those that are of the class or were taken
   * for it.
   *
   * @param c the class
   * @return 0 to 1, or NaN
   */
  public double iou(int c) {
    return (double) counts[c][c] / (actual(c) + predicted(c) - counts[c][c]);
  }

  /**
   * F1 of a class: the harmonic mean of precision and recall, also known as Dice.
   *
   * @param c the class
   * @return 0 to 1, or NaN
   */
  public double f1(int c) {
    return 2.0 * counts[c][c] / (actual(c) + predicted(c));
  }

  /**
   * Mean of {@link #iou} over classes.
   *
   * @return 0 to 1, or NaN of no pixels
   */
  public double meanIou() {
    return IntStream.range(0, classes())
        .mapToDouble(this::iou)
        .filter(x -> !Double.isNaN(x))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Mean of {@link #f1} over classes.
   *
   * @return 0 to 1, or NaN of no pixels
   */
  public double meanF1() {
    return IntStream.range(0, classes())
        .mapToDouble(this::f1)
        .filter(x -> !Double.isNaN(x))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Share of pixels that are right.
   *
   * @return 0 to 1, or NaN of no pixels
   */
  public double accuracy() {
    return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum() / (double) total();
  }

  /**
   * Cohen's kappa: by how much more often right than by chance, if as many of each class were drawn
   * as are predicted.
   *
   * @return -1 to 1; 0 where chance is always right; NaN of no pixels
   */
  public double kappa() {
    double total = total();
    double chance =
        IntStream.range(0, classes())
            .mapToDouble(c -> actual(c) / total * predicted(c) / total)
            .sum();
    double observed = accuracy();
    return chance == 1 ? 0 : (observed - chance) / (1 - chance);
  }
}
