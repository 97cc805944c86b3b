package juxta.benchmarks.claims;

import java.util.Locale;
import java.util.Optional;
import juxta.launcher.report.PairedTest;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What scores say to a question.
 *
 * @param kind the verdict
 * @param difference by how much the method is above the row, in the metric's unit
 * @param low lower end of the interval that holds the difference with a confidence of 95 %
 * @param high its upper end
 * @param p of the paired t-test
 * @param pairs number of seeds or folds
 */
record Verdict(Kind kind, double difference, double low, double high, double p, int pairs) {
  private static final double LEVEL = 0.05;

  /** The verdicts of docs/results.md. */
  enum Kind {
    SHOWN("shown", "#009e73"),
    REFUTED("refuted at this scale", "#d55e00"),
    OPEN("open", "#767676");

    final String words;
    final String colour; // Okabe and Ito; grey that is read on white

    Kind(String words, String colour) {
      this.words = words;
      this.colour = colour;
    }
  }

  /**
   * Judges a difference: shown if it is above 0 with p below 0.05; refuted at this scale if it is
   * not above 0, or its interval ends below the gain that the paper reports; else open.
   *
   * @param test the paired test
   * @param published the gain that the paper reports, if it is known
   */
  static Verdict of(PairedTest test, Optional<Double> published) {
    double difference = test.difference();
    double error = difference == 0 ? 0 : Math.abs(difference / test.t());
    double half = error * TDistribution.of(test.degrees()).inverseSurvivalProbability(LEVEL / 2);
    double high = difference + half;
    Kind kind;
    if (difference > 0 && test.p() < LEVEL) {
      kind = Kind.SHOWN;
    } else if (difference <= 0 || published.filter(gain -> high < gain).isPresent()) {
      kind = Kind.REFUTED;
    } else {
      kind = Kind.OPEN;
    }
    return new Verdict(kind, difference, difference - half, high, test.p(), test.degrees() + 1);
  }

  /** Difference and interval in points, hundredths of the metric's unit. */
  String words() {
    return String.format(
        Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * difference, 100 * low, 100 * high);
  }
}
