package juxta.benchmarks.claims;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import juxta.toolkit.metrics.Summary;

/**
 * Files {@code results.csv} of comparisons as one table, each row tested against one of them: what
 * {@code juxta report} does with folders of runs, where only their scores are at hand.
 */
public final class Scores {
  private Scores() {}

  /**
   * Prints the table.
   *
   * @param args {@code METRIC,METRIC AGAINST FILE...}: metrics as {@code knn/accuracy}; the row, as
   *     {@code part/method}, that the others are compared with; the files, whose names up to the
   *     first dot are the parts: {@code plain.0.csv} and {@code plain.1.csv} are seeds of one
   */
  public static void run(List<String> args) {
    System.out.print(table(args));
  }

  /** The table as Markdown. */
  static String table(List<String> args) {
    if (args.size() < 3) {
      throw new IllegalArgumentException(
          "scores: METRIC,METRIC AGAINST FILE..., as: scores linear/accuracy plain/simclr"
              + " benchmarks/claims-results/spps/*.csv");
    }
    List<String> metrics = List.of(args.get(0).split(","));
    ScoreFiles files = ScoreFiles.read(args.stream().skip(2).map(Path::of).toList());
    ScoreFiles.Way against = files.way(args.get(1));
    StringBuilder table = new StringBuilder("| | runs |");
    metrics.forEach(m -> table.append(' ').append(m).append(" | difference |"));
    table.append("\n|---|---|").append("---|---|".repeat(metrics.size())).append('\n');
    for (ScoreFiles.Way way : files.ways()) {
      table.append("| ").append(way.name()).append(" | ").append(way.scores().size()).append(" |");
      for (String metric : metrics) {
        table.append(' ').append(mean(way.values(metric))).append(" | ");
        table.append(way == against ? "" : difference(way, against, metric)).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String mean(double[] values) {
    if (values.length == 0) {
      return "";
    }
    Summary over = Summary.of(values);
    return values.length == 1
        ? String.format(Locale.ROOT, "%.4f", over.mean())
        : String.format(Locale.ROOT, "%.4f ± %.4f", over.mean(), over.deviation());
  }

  private static String difference(ScoreFiles.Way way, ScoreFiles.Way against, String metric) {
    return way.against(against, metric)
        .map(
            test ->
                String.format(
                    Locale.ROOT,
                    "%+.4f, p = %.2g, n = %d",
                    test.difference(),
                    test.p(),
                    test.degrees() + 1))
        .orElse("");
  }
}
