package juxta.benchmarks.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import juxta.launcher.report.PairedTest;
import juxta.toolkit.metrics.Summary;

/** Files {@code results.csv} of comparisons, put together by the names of their rows. */
final class ScoreFiles {
  private static final List<String> COLUMNS =
      List.of("method", "encoder", "seed", "evaluator", "metric", "value");

  private final Map<String, Way> ways = new LinkedHashMap<>();

  /**
   * What one row had.
   *
   * @param name {@code part/method}; of an untrained row {@code part/untrained/encoder}
   * @param scores by condition (seed and fold), then by metric
   */
  record Way(String name, Map<Condition, Map<String, Double>> scores) {
    /** Values of a metric, one a seed; over folds where there are any, the means of their seeds. */
    double[] values(String metric) {
      return values(List.copyOf(scores.keySet()), metric);
    }

    private double[] values(List<Condition> conditions, String metric) {
      Map<String, List<Double>> alike = new TreeMap<>();
      for (Condition c : conditions) {
        Double value = scores.get(c).get(metric);
        if (value != null) {
          alike
              .computeIfAbsent(c.fold.isEmpty() ? c.seed : c.fold, k -> new ArrayList<>())
              .add(value);
        }
      }
      return alike.values().stream()
          .mapToDouble(
              v -> Summary.of(v.stream().mapToDouble(Double::doubleValue).toArray()).mean())
          .toArray();
    }

    /** Paired test of a metric under the conditions that both rows have; of two pairs or more. */
    Optional<PairedTest> against(Way other, String metric) {
      List<Condition> both =
          scores.keySet().stream()
              .filter(c -> scores.get(c).containsKey(metric))
              .filter(c -> other.scores.getOrDefault(c, Map.of()).containsKey(metric))
              .toList();
      return tested(both, values(both, metric), other.values(both, metric));
    }

    /** Test of a metric against a number that is known, such as that of chance. */
    Optional<PairedTest> against(double known, String metric) {
      double[] values = values(metric);
      double[] other = new double[values.length];
      Arrays.fill(other, known);
      return tested(List.copyOf(scores.keySet()), values, other);
    }

    private static Optional<PairedTest> tested(
        List<Condition> conditions, double[] first, double[] second) {
      if (first.length < 2) {
        return Optional.empty();
      }
      boolean folds = conditions.stream().noneMatch(c -> c.fold.isEmpty());
      return Optional.of(
          folds ? PairedTest.ofFolds(first, second, first.length) : PairedTest.of(first, second));
    }
  }

  /** Under which runs are alike. */
  record Condition(String seed, String fold) implements Comparable<Condition> {
    @Override
    public int compareTo(Condition other) {
      int order = fold.compareTo(other.fold);
      return order != 0 ? order : seed.compareTo(other.seed);
    }
  }

  /**
   * Reads files.
   *
   * @param files their names up to the first dot are the parts: {@code plain.0.csv} and {@code
   *     plain.1.csv} are seeds of one
   * @throws IllegalArgumentException if one cannot be read or is not a {@code results.csv}
   */
  static ScoreFiles read(List<Path> files) {
    ScoreFiles all = new ScoreFiles();
    for (Path file : files) {
      all.read(file);
    }
    return all;
  }

  /** Reads all files of a claim's folder. */
  static ScoreFiles of(Path claim) throws IOException {
    try (Stream<Path> all = Files.list(claim)) {
      return read(all.filter(f -> f.toString().endsWith(".csv")).sorted().toList());
    }
  }

  /** The rows, in the order in which they were read. */
  List<Way> ways() {
    return List.copyOf(ways.values());
  }

  /** The row of a name. */
  Way way(String name) {
    Way way = ways.get(name);
    if (way == null) {
      throw new IllegalArgumentException("no row '" + name + "' among " + ways.keySet());
    }
    return way;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      String why = Files.exists(file) ? "is no text that can be read" : "no such file";
      throw new IllegalArgumentException(file + ": " + why, e);
    }
  }

  private void read(Path file) {
    String part = file.getFileName().toString().replaceFirst("\\..*", "");
    List<String> lines = lines(file);
    List<String> heads = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
    if (!heads.containsAll(COLUMNS)) {
      throw new IllegalArgumentException(
          file + ": no results.csv of a comparison: its first line has to name " + COLUMNS);
    }
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != heads.size()) {
        throw new IllegalArgumentException(
            file + ", line " + (i + 1) + ": " + cells.length + " values for " + heads.size());
      }
      Map<String, String> line = new LinkedHashMap<>();
      for (int c = 0; c < cells.length; c++) {
        line.put(heads.get(c), cells[c]);
      }
      String name = part + "/" + line.get("method");
      String key = name.endsWith("/untrained") ? name + "/" + line.get("encoder") : name;
      ways.computeIfAbsent(key, k -> new Way(k, new TreeMap<>()))
          .scores
          .computeIfAbsent(
              new Condition(line.get("seed"), line.getOrDefault("fold", "")),
              c -> new LinkedHashMap<>())
          .put(
              line.get("evaluator") + "/" + line.get("metric"),
              number(file, i + 1, line.get("value")));
    }
  }

  private static double number(Path file, int line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          file + ", line " + line + ": '" + text + "' is no number", e);
    }
  }
}
