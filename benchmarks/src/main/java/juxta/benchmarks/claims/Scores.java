package juxta.benchmarks.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.launcher.report.PairedTest;
import juxta.toolkit.metrics.Summary;

/**
 * Files {@code results.csv} of comparisons as one table, each row tested against one of them: what
 * {@code juxta report} does with folders of runs, where only their scores are at hand.
 */
public final class Scores {
  private static final List<String> KEY = List.of("method", "encoder");

  /** What one row had: by condition (seed and fold), then by metric. */
  private record Way(String name, Map<Condition, Map<String, Double>> scores) {}

  /** Under which runs are alike. */
  private record Condition(String seed, String fold) implements Comparable<Condition> {
    @Override
    public int compareTo(Condition other) {
      int order = fold.compareTo(other.fold);
      return order != 0 ? order : seed.compareTo(other.seed);
    }
  }

  private Scores() {}

  /**
   * Prints the table.
   *
   * @param args {@code METRIC,METRIC AGAINST FILE...}: metrics as {@code knn/accuracy}; the row, as
   *     {@code part/method}, that the others are compared with; the files, whose names up to the
   *     first dot are the parts: {@code plain.0.csv} and {@code plain.1.csv} are seeds of one
   * @throws IOException if a file cannot be read
   */
  public static void run(List<String> args) throws IOException {
    System.out.print(table(args));
  }

  /** The table as Markdown. */
  static String table(List<String> args) throws IOException {
    if (args.size() < 3) {
      throw new IllegalArgumentException(
          "scores: METRIC,METRIC AGAINST FILE..., as: scores linear/accuracy plain/simclr"
              + " benchmarks/claims-results/spps/*.csv");
    }
    List<String> metrics = List.of(args.get(0).split(","));
    Map<String, Way> ways = new LinkedHashMap<>();
    for (String file : args.subList(2, args.size())) {
      read(Path.of(file), ways);
    }
    Way against =
        Optional.ofNullable(ways.get(args.get(1)))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "scores: no row '" + args.get(1) + "' among " + ways.keySet()));
    StringBuilder table = new StringBuilder("| | runs |");
    metrics.forEach(m -> table.append(' ').append(m).append(" | difference |"));
    table.append("\n|---|---|").append("---|---|".repeat(metrics.size())).append('\n');
    for (Way way : ways.values()) {
      table.append("| ").append(way.name).append(" | ").append(way.scores.size()).append(" |");
      for (String metric : metrics) {
        table.append(' ').append(mean(way, metric)).append(" | ");
        table.append(way == against ? "" : difference(way, against, metric)).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static void read(Path file, Map<String, Way> ways) throws IOException {
    String part = file.getFileName().toString().replaceFirst("\\..*", "");
    List<String> lines = Files.readAllLines(file);
    List<String> heads = List.of(lines.get(0).split(","));
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = Arrays.asList(line.split(",", -1));
      String name = part + "/" + cells.get(heads.indexOf(KEY.get(0)));
      String encoder = cells.get(heads.indexOf(KEY.get(1)));
      String key = name.endsWith("/untrained") ? name + "/" + encoder : name;
      Condition condition =
          new Condition(
              cells.get(heads.indexOf("seed")),
              heads.contains("fold") ? cells.get(heads.indexOf("fold")) : "");
      ways.computeIfAbsent(key, k -> new Way(k, new TreeMap<>()))
          .scores
          .computeIfAbsent(condition, c -> new LinkedHashMap<>())
          .put(
              cells.get(heads.indexOf("evaluator")) + "/" + cells.get(heads.indexOf("metric")),
              number(file, cells.get(heads.indexOf("value"))));
    }
  }

  private static double number(Path file, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UncheckedIOException(
          new IOException(file + ": '" + text + "' is no number; is it a results.csv?", e));
    }
  }

  /** Mean and deviation over seeds; over folds where there are any, of the means of their seeds. */
  private static String mean(Way way, String metric) {
    double[] values = values(way, List.copyOf(way.scores.keySet()), metric);
    if (values.length == 0) {
      return "";
    }
    Summary over = Summary.of(values);
    return values.length == 1
        ? String.format(Locale.ROOT, "%.4f", over.mean())
        : String.format(Locale.ROOT, "%.4f ± %.4f", over.mean(), over.deviation());
  }

  private static double[] values(Way way, List<Condition> conditions, String metric) {
    Map<String, List<Double>> alike = new TreeMap<>();
    for (Condition c : conditions) {
      Double value = way.scores.get(c).get(metric);
      if (value != null) {
        alike
            .computeIfAbsent(c.fold.isEmpty() ? c.seed : c.fold, k -> new ArrayList<>())
            .add(value);
      }
    }
    return alike.values().stream()
        .mapToDouble(v -> v.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .toArray();
  }

  private static String difference(Way way, Way against, String metric) {
    List<Condition> both =
        way.scores.keySet().stream()
            .filter(c -> way.scores.get(c).containsKey(metric))
            .filter(c -> against.scores.getOrDefault(c, Map.of()).containsKey(metric))
            .toList();
    double[] first = values(way, both, metric);
    double[] second = values(against, both, metric);
    if (first.length < 2) {
      return "";
    }
    boolean folds = both.stream().noneMatch(c -> c.fold.isEmpty());
    PairedTest test =
        folds ? PairedTest.ofFolds(first, second, first.length) : PairedTest.of(first, second);
    return String.format(
        Locale.ROOT, "%+.4f, p = %.2g, n = %d", test.difference(), test.p(), first.length);
  }
}
