package juxta.plugin.spps;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import juxta.toolkit.io.Csv;

/** How often similarities occur, in steps of a thousandth. */
final class Histogram {
  private static final int PER_UNIT = 1000;
  private static final int BINS = 2 * PER_UNIT + 1;

  private final long[] counts = new long[BINS];

  /** Counts similarities; safe to call from several threads. */
  void add(float[] similarities, int start, int count) {
    int[] some = new int[BINS];
    for (int i = start; i < start + count; i++) {
      some[bin(similarities[i])]++;
    }
    add(some);
  }

  /** Takes one back. */
  synchronized void remove(float similarity) {
    counts[bin(similarity)]--;
  }

  private synchronized void add(int[] some) {
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] += some[bin];
    }
  }

  private static int bin(float similarity) {
    return Math.max(0, Math.min(BINS - 1, Math.round((similarity + 1) * PER_UNIT)));
  }

  long total() {
    return Arrays.stream(counts).sum();
  }

  /** The similarity that a share of all stays at or below, to a thousandth. */
  double percentile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * total()));
    long seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += counts[bin];
      if (seen >= wanted) {
        return value(bin);
      }
    }
    return value(BINS - 1);
  }

  private static double value(int bin) {
    return (double) (bin - PER_UNIT) / PER_UNIT;
  }

  /** Some percentiles in words: {@code 50 % at most 0.812, 90 % at most 0.901, …}. */
  String words() {
    StringJoiner words = new StringJoiner(", ");
    for (String percent : List.of("50", "90", "99", "99.9")) {
      double share = Double.parseDouble(percent) / 100;
      words.add(String.format(Locale.ROOT, "%s %% at most %.3f", percent, percentile(share)));
    }
    return words.add(String.format(Locale.ROOT, "all at most %.3f", percentile(1))).toString();
  }

  /** Lines of similarity and count, without empty bins. */
  String csv() {
    Csv csv = new Csv("similarity", "count");
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] != 0) {
        csv.row(Csv.number(value(bin), 3), counts[bin]);
      }
    }
    return csv.text();
  }
}
