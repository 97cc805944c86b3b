package juxta.toolkit.metrics;

import java.util.Arrays;
import java.util.Random;

/**
 * A 95 % interval by the bootstrap (Efron 1979): the mean is taken of 1000 samples of as many
 * values, drawn with replacement; the interval reaches from the 2.5th to the 97.5th percentile of
 * these means.
 *
 * @param low lower end
 * @param high upper end
 */
public record Bootstrap(double low, double high) {
  private static final int RESAMPLES = 1000;

  /**
   * Keeps the ends.
   *
   * @param low see the record
   * @param high see the record
   */
  public Bootstrap {}

  /**
   * The interval of a mean.
   *
   * @param values independent values, for example one a query
   * @param seed the same seed gives the same interval
   * @return the interval; both ends are NaN if there are no values
   */
  public static Bootstrap ofMean(double[] values, long seed) {
    if (values.length == 0) {
      return new Bootstrap(Double.NaN, Double.NaN);
    }
    Random random = new Random(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int k = 0; k < values.length; k++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Arrays.sort(means);
    return new Bootstrap(percentile(means, 0.025), percentile(means, 0.975));
  }

  /** Between the two nearest values, in proportion. */
  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
