package juxta.launcher.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Score;
import juxta.toolkit.metrics.Summary;

/** Scores sorted into lines, one a method and encoder, and columns, one a metric. */
public final class ScoreGrid {
  /** Below this probability a difference is not put down to chance. */
  public static final double SIGNIFICANT = 0.05;

  private static final String PER_CENT = "per cent";
  private static final String LESS = "less is better";

  /** Phrases of protocols that say how to read a number, not how it was made. */
  static final List<String> UNITS = List.of(PER_CENT, LESS);

  private final List<Row> rows;

  /**
   * What a line stands for.
   *
   * @param method the method
   * @param encoder the encoder, {@code -} where there is none
   */
  public record Line(String method, String encoder) {
    /**
     * The line as a sentence names it.
     *
     * @return the method, and the encoder if there is one
     */
    public String words() {
      return encoder.equals("-") ? method : method + " " + encoder;
    }
  }

  /**
   * What a column stands for.
   *
   * @param evaluator the evaluator
   * @param metric the metric
   */
  public record Column(String evaluator, String metric) {
    @Override
    public String toString() {
      return evaluator + " " + metric;
    }
  }

  /**
   * The scores of a line in a column.
   *
   * @param bySeed values by seed, at least one
   * @param unit how they are shown
   */
  public record Cell(Map<Integer, Double> bySeed, Score.Unit unit) {
    /**
     * Mean and deviation over the seeds.
     *
     * @return the summary
     */
    public Summary summary() {
      return Summary.of(bySeed.values().stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  private ScoreGrid(List<Row> rows) {
    this.rows = rows.stream().filter(row -> !row.score().metric().contains("/")).toList();
  }

  /**
   * Sorts; metrics with a slash in their names are details that tables leave out.
   *
   * @param rows scores of runs, all on the same data
   * @return the grid
   */
  public static ScoreGrid of(List<Row> rows) {
    return new ScoreGrid(rows);
  }

  /**
   * The lines.
   *
   * @return in the order of the rows
   */
  public List<Line> lines() {
    return rows.stream().map(ScoreGrid::line).distinct().toList();
  }

  /**
   * The columns.
   *
   * @return in the order of the rows, but those of an evaluator together: one that only some lines
   *     have stands beside the others
   */
  public List<Column> columns() {
    return rows.stream()
        .map(ScoreGrid::column)
        .distinct()
        .collect(groupingBy(Column::evaluator, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * How many seeds the line with the most has.
   *
   * @return seeds, 0 without rows
   */
  public int seeds() {
    return lines().stream()
        .mapToInt(
            line ->
                (int)
                    rows.stream()
                        .filter(r -> line(r).equals(line))
                        .map(Row::seed)
                        .distinct()
                        .count())
        .max()
        .orElse(0);
  }

  private static Line line(Row row) {
    return new Line(row.method(), row.encoder());
  }

  private static Column column(Row row) {
    return new Column(row.evaluator(), row.score().metric());
  }

  private List<Row> at(Line line, Column column) {
    return rows.stream().filter(r -> line(r).equals(line) && column(r).equals(column)).toList();
  }

  private List<Row> of(Column column) {
    return rows.stream().filter(r -> column(r).equals(column)).toList();
  }

  /**
   * Looks scores up.
   *
   * @param line the line
   * @param column the column
   * @return the scores, empty where the line was not scored so
   */
  public Optional<Cell> cell(Line line, Column column) {
    List<Row> here = at(line, column);
    if (here.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Double> bySeed = new LinkedHashMap<>();
    here.forEach(row -> bySeed.put(row.seed(), row.score().value()));
    return Optional.of(new Cell(bySeed, here.get(0).score().unit()));
  }

  /**
   * A paired t-test over the seeds that two lines share.
   *
   * @param one a line
   * @param other another
   * @param column where
   * @return the test of one minus other, empty where they share fewer than two seeds
   */
  public Optional<PairedTest> test(Line one, Line other, Column column) {
    Map<Integer, Double> a = cell(one, column).map(Cell::bySeed).orElse(Map.of());
    Map<Integer, Double> b = cell(other, column).map(Cell::bySeed).orElse(Map.of());
    List<Integer> shared = a.keySet().stream().filter(b::containsKey).toList();
    return shared.size() < 2
        ? Optional.empty()
        : Optional.of(
            PairedTest.of(
                shared.stream().mapToDouble(a::get).toArray(),
                shared.stream().mapToDouble(b::get).toArray()));
  }

  /**
   * The line that is better than every other one of the column, each by a paired test.
   *
   * @param column the column
   * @return the line, empty where the tests do not say so
   */
  public Optional<Line> best(Column column) {
    Score.Better better = of(column).get(0).score().better();
    if (better == Score.Better.NEITHER) {
      return Optional.empty();
    }
    double sign = better == Score.Better.HIGHER ? 1 : -1;
    List<Line> scored = lines().stream().filter(l -> cell(l, column).isPresent()).toList();
    return scored.size() < 2
        ? Optional.empty()
        : scored.stream()
            .filter(
                line ->
                    scored.stream()
                        .filter(other -> !other.equals(line))
                        .allMatch(other -> ahead(line, other, column, sign)))
            .findFirst();
  }

  private boolean ahead(Line line, Line other, Column column, double sign) {
    return test(line, other, column)
        .filter(t -> t.p() < SIGNIFICANT && sign * t.difference() > 0)
        .isPresent();
  }

  /**
   * The settings that each column's numbers depend on. What all lines have in common comes first,
   * then what was different in each, with {@code or} where seeds differ; columns with the same
   * words share an entry.
   *
   * @return words by columns
   */
  public Map<String, String> protocols() {
    Map<String, List<Column>> byText = new LinkedHashMap<>();
    columns()
        .forEach(
            column ->
                byText
                    .computeIfAbsent(String.join(", ", protocol(column)), t -> new ArrayList<>())
                    .add(column));
    Map<String, String> protocols = new LinkedHashMap<>();
    byText.forEach((text, columns) -> protocols.put(names(columns), text));
    return protocols;
  }

  /** Columns in words; an evaluator is named before its first metric only. */
  private static String names(List<Column> columns) {
    return columns.stream()
        .collect(groupingBy(Column::evaluator, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .map(e -> e.getKey() + " " + metrics(e.getValue()))
        .collect(joining(", "));
  }

  /** The metrics of columns in words. */
  static String metrics(List<Column> columns) {
    return columns.stream().map(Column::metric).collect(joining(", "));
  }

  /** What a column's numbers depend on, a phrase each: see {@link #protocols}. */
  List<String> protocol(Column column) {
    List<Row> here = of(column);
    Score first = here.get(0).score();
    List<String> words = new ArrayList<>();
    List<String> different = new ArrayList<>();
    if (first.unit() == Score.Unit.RATE) {
      words.add(PER_CENT);
    }
    if (first.better() == Score.Better.LOWER) {
      words.add(LESS);
    }
    Set<String> keys = new LinkedHashSet<>();
    here.forEach(r -> keys.addAll(r.score().protocol().keySet()));
    for (String key : keys) {
      Map<Line, Set<String>> byLine = new LinkedHashMap<>(); // more than one: seeds differ
      here.forEach(
          r ->
              byLine
                  .computeIfAbsent(line(r), l -> new LinkedHashSet<>())
                  .add(r.score().protocol().getOrDefault(key, "-")));
      List<String> values = byLine.values().stream().map(v -> String.join(" or ", v)).toList();
      if (values.stream().distinct().count() == 1) {
        words.add(key + " " + values.get(0));
      } else {
        different.add(key + " by row: " + String.join(" | ", values));
      }
    }
    words.addAll(different);
    return words;
  }
}
