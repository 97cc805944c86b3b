package juxta.launcher.report;

import java.util.Locale;
import juxta.api.Score;
import juxta.toolkit.metrics.Summary;

/** Numbers in words. */
final class Figures {
  private static final double PER_CENT = 100;

  /** Deviations below this part of the mean come from the order of sums. */
  private static final double ROUNDING = 1e-12;

  /** Probabilities below are not told apart. */
  private static final double LEAST_SHOWN = 0.001;

  private Figures() {}

  /** Mean and standard deviation; rates in per cent. */
  static String score(ScoreGrid.Cell cell) {
    Summary summary = cell.summary();
    boolean rate = cell.unit() == Score.Unit.RATE;
    double scale = rate ? PER_CENT : 1;
    String mean = value(summary.mean(), cell.unit());
    if (summary.count() < 2) {
      return mean;
    }
    double deviation = summary.deviation();
    double seen = deviation < ROUNDING * Math.abs(summary.mean()) ? 0 : scale * deviation;
    return mean + " ± " + (rate ? format("%.1f", seen) : seen == 0 ? "0" : format("%.2g", seen));
  }

  /** A number without a deviation; rates in per cent. */
  static String value(double value, Score.Unit unit) {
    return unit == Score.Unit.RATE ? format("%.1f", PER_CENT * value) : format("%.4g", value);
  }

  /** What a test of one line against another found. */
  static String test(PairedTest test, Score.Unit unit) {
    String difference =
        unit == Score.Unit.RATE
            ? format("%+.2f points", PER_CENT * test.difference())
            : format("%+.3g", test.difference());
    String chance = test.p() < LEAST_SHOWN ? "p < " + LEAST_SHOWN : format("p = %.3f", test.p());
    int pairs = test.degrees() + 1;
    return difference
        + test.interval()
            .map(
                interval ->
                    format(" over %d folds, 95 %% interval ", pairs)
                        + interval.words(unit, true)
                        + ", corrected paired t-test ")
            .orElseGet(() -> format(" over %d seeds, paired t-test ", pairs))
        + chance;
  }

  /** A duration, as {@code 1:02:03} or {@code 4:05}. */
  static String clock(double seconds) {
    long s = Math.max(0, Math.round(seconds));
    return s >= 3600
        ? format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
        : format("%d:%02d", s / 60, s % 60);
  }

  /** A count with separators. */
  static String count(double number) {
    return number >= 1e6 ? format("%.2f M", number / 1e6) : format("%,.0f", number);
  }

  /** Bytes in mebibytes or gibibytes. */
  static String bytes(double bytes) {
    double mebi = bytes / (1 << 20);
    return mebi < 1024 ? format("%.0f MiB", mebi) : format("%.1f GiB", mebi / 1024);
  }

  /** A number of a chart's axis, in few characters. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-3 || size >= 1e5) {
      return format("%.1e", value).replace("e+0", "e").replace("e-0", "e-");
    }
    String text = format(size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.4f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
