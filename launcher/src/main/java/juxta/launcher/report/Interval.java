package juxta.launcher.report;

import java.util.Locale;
import juxta.api.Score;
import juxta.toolkit.metrics.Summary;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where a mean over folds lies with a confidence of 95 %. Training sets of folds overlap, so their
 * scores vary less than those of other data would: the variance of the mean is not s² / n but s² (1
 * / n + test / train) with the numbers of records tested and trained on, here 1 / (folds - 1)
 * (Nadeau and Bengio, Inference for the generalization error, Machine Learning 52, 2003).
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  private static final double BEYOND = 0.025;

  /**
   * The standard error of a mean over folds.
   *
   * @param over the scores, one a fold, those of two folds or more
   * @param folds how many folds there are
   * @return the error
   */
  static double error(Summary over, int folds) {
    return over.deviation() * Math.sqrt(1.0 / over.count() + 1.0 / (folds - 1));
  }

  /**
   * The interval of a mean over folds, by Student's t.
   *
   * @param over the scores, one a fold, those of two folds or more
   * @param folds how many folds there are
   * @return the interval
   */
  static Interval of(Summary over, int folds) {
    double t = TDistribution.of(over.count() - 1.0).inverseSurvivalProbability(BEYOND);
    double half = t * error(over, folds);
    return new Interval(over.mean() - half, over.mean() + half);
  }

  /** Both ends in words. */
  String words(Score.Unit unit, boolean signed) {
    boolean rate = unit == Score.Unit.RATE;
    String form = (signed ? "%+" : "%") + (rate ? signed ? ".2f" : ".1f" : ".4g");
    double scale = rate ? 100 : 1;
    return String.format(Locale.ROOT, form + " to " + form, scale * low, scale * high);
  }
}
