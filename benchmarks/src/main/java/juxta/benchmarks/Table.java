package juxta.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a comparison and keeps it for the CSV file. */
final class Table {
  private final String comparison;
  private final List<String> csv = new ArrayList<>();

  /** Of training steps. */
  Table(String comparison, Options options) {
    this(
        comparison,
        String.format(
            Locale.ROOT,
            "batch %d, side %d, %d steps after %d, %d threads",
            options.batch(),
            options.side(),
            options.steps(),
            options.warmup(),
            options.threads()));
  }

  Table(String comparison, String conditions) {
    this.comparison = comparison;
    csv.add("comparison,what,median,lower_quartile,upper_quartile,least");
    System.out.println(comparison + ": " + conditions + "\n" + Machine.describe());
  }

  /** One row: median, quartiles and the least. */
  void row(String what, Quartiles q, String unit) {
    System.out.println(
        String.format(
                Locale.ROOT,
                "  %-26s %9.3f  [%.3f, %.3f], least %.3f %s",
                what,
                q.median(),
                q.lower(),
                q.upper(),
                q.least(),
                unit)
            .stripTrailing());
    csv.add(
        String.format(
            Locale.ROOT,
            "%s,%s,%.4f,%.4f,%.4f,%.4f",
            comparison,
            what,
            q.median(),
            q.lower(),
            q.upper(),
            q.least()));
  }

  /** The times of one contender's steps. */
  void times(Rounds rounds, String name) {
    row(name, rounds.of(name, Lane.Sample::millis), "ms");
    row(name + " cpu", rounds.of(name, Lane.Sample::cpu), "ms");
  }

  /** How many times as long one contender takes as another. */
  void ratio(Rounds rounds, String above, String below) {
    row(above + " / " + below, rounds.ratio(above, below, Lane.Sample::millis), "");
    row(above + " / " + below + " cpu", rounds.ratio(above, below, Lane.Sample::cpu), "");
  }

  /** A remark below the rows. */
  void note(String words, Object... values) {
    System.out.println("  " + String.format(Locale.ROOT, words, values));
  }

  /** Says how loaded the machine was and writes the file if that was asked for. */
  void end(Options options) throws IOException {
    note("load at the end: %s", Machine.load());
    if (options.csv()) {
      Path folder = Path.of(System.getProperty("juxta.benchmarks", "benchmarks"), "results");
      Files.createDirectories(folder);
      Path file = folder.resolve(comparison + ".csv");
      Files.write(file, csv);
      note("written to %s", file);
    }
  }
}
