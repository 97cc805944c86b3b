package juxta.launcher.report;

import juxta.toolkit.metrics.Summary;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's paired t-test, two-sided: whether two ways that were measured under the same conditions
 * (the same seeds) differ.
 *
 * @param difference mean of first minus second
 * @param t the statistic; infinite when all differences are equal and not 0
 * @param degrees degrees of freedom, one less than there are pairs
 * @param p probability of a statistic at least as far from 0 if there is no difference
 */
public record PairedTest(double difference, double t, int degrees, double p) {
  /**
   * Tests pairs.
   *
   * @param first measurements of one way
   * @param second measurements of the other, under the same conditions in the same order; two pairs
   *     or more
   * @return what was found
   */
  public static PairedTest of(double[] first, double[] second) {
    if (first.length != second.length || first.length < 2) {
      throw new IllegalArgumentException(
          "pairs of " + first.length + " and " + second.length + " measurements");
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    Summary summary = Summary.of(differences);
    int degrees = differences.length - 1;
    if (summary.deviation() == 0) {
      boolean none = summary.mean() == 0;
      double t = none ? 0 : Math.copySign(Double.POSITIVE_INFINITY, summary.mean());
      return new PairedTest(summary.mean(), t, degrees, none ? 1 : 0);
    }
    double t = summary.mean() / (summary.deviation() / Math.sqrt(differences.length));
    return new PairedTest(summary.mean(), t, degrees, twoSided(t, degrees));
  }

  /** Probability of a statistic at least as far from 0 as t. */
  static double twoSided(double t, int degrees) {
    return 2 * TDistribution.of(degrees).survivalProbability(Math.abs(t));
  }
}
