package juxta.launcher.report;

import java.util.Optional;
import juxta.toolkit.metrics.Summary;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's paired t-test, two-sided: whether two ways that were measured under the same conditions
 * (the same seeds, or the same folds of the data) differ.
 *
 * @param difference mean of first minus second
 * @param t the statistic; infinite when all differences are equal and not 0
 * @param degrees degrees of freedom, one less than there are pairs
 * @param p probability of a statistic at least as far from 0 if there is no difference
 * @param interval where the difference lies, if the pairs are of folds: see {@link Interval}, which
 *     the test agrees with
 */
public record PairedTest(
    double difference, double t, int degrees, double p, Optional<Interval> interval) {
  /**
   * Tests pairs.
   *
   * @param first measurements of one way
   * @param second measurements of the other, under the same conditions in the same order; two pairs
   *     or more
   * @return what was found
   */
  public static PairedTest of(double[] first, double[] second) {
    Summary differences = differences(first, second);
    double error = differences.deviation() / Math.sqrt(differences.count());
    return of(differences, error, Optional.empty());
  }

  /**
   * Tests pairs of folds, with the variance corrected for training sets that overlap.
   *
   * @param first measurements of one way, one a fold
   * @param second measurements of the other on the same folds in the same order; two pairs or more
   * @param folds how many folds the data were cut into
   * @return what was found
   */
  public static PairedTest ofFolds(double[] first, double[] second, int folds) {
    Summary differences = differences(first, second);
    return of(
        differences,
        Interval.error(differences, folds),
        Optional.of(Interval.of(differences, folds)));
  }

  private static Summary differences(double[] first, double[] second) {
    if (first.length != second.length || first.length < 2) {
      throw new IllegalArgumentException(
          "pairs of " + first.length + " and " + second.length + " measurements");
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return Summary.of(differences);
  }

  private static PairedTest of(Summary differences, double error, Optional<Interval> interval) {
    double mean = differences.mean();
    int degrees = differences.count() - 1;
    if (differences.deviation() == 0) {
      boolean none = mean == 0;
      double t = none ? 0 : Math.copySign(Double.POSITIVE_INFINITY, mean);
      return new PairedTest(mean, t, degrees, none ? 1 : 0, interval);
    }
    double t = mean / error;
    return new PairedTest(mean, t, degrees, twoSided(t, degrees), interval);
  }

  /** Probability of a statistic at least as far from 0 as t. */
  static double twoSided(double t, int degrees) {
    return 2 * TDistribution.of(degrees).survivalProbability(Math.abs(t));
  }
}
