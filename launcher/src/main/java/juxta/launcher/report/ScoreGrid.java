package juxta.launcher.report;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import juxta.api.Score;
import juxta.engine.run.Fold;
import juxta.toolkit.metrics.Summary;

/** Scores sorted into lines, one a method and encoder, and columns, one a metric. */
public final class ScoreGrid {
  /** Below this probability a difference is not put down to chance. */
  public static final double SIGNIFICANT = 0.05;

  private static final String PER_CENT = "per cent";
  private static final String LESS = "less is better";

  /** How a protocol says which fold was tested. */
  private static final Pattern FOLD = Pattern.compile("([0-9]+)( of [0-9]+ by .*)");

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
   * @param values by seed, at least one; where several folds were tested by fold, each the mean
   *     over seeds
   * @param unit how they are shown
   * @param folds how many folds the data were cut into, 0 where no two were tested
   */
  public record Cell(Map<Integer, Double> values, Score.Unit unit, int folds) {
    /**
     * Mean and deviation over the seeds, or over the folds.
     *
     * @return the summary
     */
    public Summary summary() {
      return Summary.of(values.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Where the mean over folds lies.
     *
     * @return the interval, empty where there are not two folds
     */
    public Optional<Interval> interval() {
      return folds > 0 && values.size() > 1
          ? Optional.of(Interval.of(summary(), folds))
          : Optional.empty();
    }
  }

  /** What one of several scores of a line in a column was measured with. */
  private record Draw(int seed, int fold) {
    static Draw of(Row row) {
      return new Draw(row.seed(), row.fold().map(Fold::number).orElse(0));
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
    return most(row -> Stream.of(row.seed()));
  }

  /**
   * How many folds the line with the most has.
   *
   * @return folds, 0 where no data were folded
   */
  public int folds() {
    return most(row -> row.fold().stream());
  }

  private int most(Function<Row, Stream<?>> of) {
    return lines().stream()
        .mapToInt(
            line ->
                (int)
                    rows.stream().filter(r -> line(r).equals(line)).flatMap(of).distinct().count())
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
    Map<Draw, Double> draws = draws(line, column);
    return Optional.of(
        new Cell(values(draws), here.get(0).score().unit(), folded(draws) ? cut(here) : 0));
  }

  /** What guessing would reach, the mean over a line's runs; empty where one does not say. */
  OptionalDouble chance(Line line, Column column) {
    double sum = 0;
    List<Row> here = at(line, column);
    for (Row row : here) {
      try {
        sum += Double.parseDouble(row.score().protocol().getOrDefault(Score.CHANCE, "unknown"));
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }
    return here.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum / here.size());
  }

  private static boolean folded(Map<Draw, Double> draws) {
    return draws.keySet().stream().map(Draw::fold).distinct().count() > 1;
  }

  /** How many folds the data were cut into. */
  private static int cut(List<Row> rows) {
    return rows.stream().flatMap(row -> row.fold().stream()).mapToInt(Fold::of).max().orElse(0);
  }

  private Map<Draw, Double> draws(Line line, Column column) {
    Map<Draw, Double> draws = new LinkedHashMap<>();
    at(line, column).forEach(row -> draws.put(Draw.of(row), row.score().value()));
    return draws;
  }

  /** By seed; of several folds the means over seeds, by fold. */
  private static Map<Integer, Double> values(Map<Draw, Double> draws) {
    boolean folded = folded(draws);
    return draws.entrySet().stream()
        .collect(
            groupingBy(
                e -> folded ? e.getKey().fold() : e.getKey().seed(),
                LinkedHashMap::new,
                averagingDouble(Map.Entry::getValue)));
  }

  /**
   * A paired t-test over the seeds that two lines share; where they share several folds over these,
   * with what was measured with the same seeds.
   *
   * @param one a line
   * @param other another
   * @param column where
   * @return the test of one minus other, empty where they share fewer than two seeds or folds
   */
  public Optional<PairedTest> test(Line one, Line other, Column column) {
    Map<Draw, Double> first = draws(one, column);
    Map<Draw, Double> second = draws(other, column);
    first.keySet().retainAll(second.keySet());
    second.keySet().retainAll(first.keySet());
    Map<Integer, Double> a = values(first);
    Map<Integer, Double> b = values(second);
    if (a.size() < 2) {
      return Optional.empty();
    }
    double[] ones = a.values().stream().mapToDouble(Double::doubleValue).toArray();
    double[] others = a.keySet().stream().mapToDouble(b::get).toArray();
    return Optional.of(
        folded(first)
            ? PairedTest.ofFolds(ones, others, cut(at(one, column)))
            : PairedTest.of(ones, others));
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
      List<String> values = byLine.values().stream().map(ScoreGrid::either).toList();
      if (values.stream().distinct().count() == 1) {
        words.add(key + " " + values.get(0));
      } else {
        different.add(key + " by row: " + String.join(" | ", values));
      }
    }
    words.addAll(different);
    return words;
  }

  /** What is not the same for all runs of a line; folds of the same data are counted up. */
  private static String either(Set<String> values) {
    Map<String, List<String>> folds = new LinkedHashMap<>();
    for (String value : values) {
      Matcher fold = FOLD.matcher(value);
      boolean is = fold.matches();
      folds
          .computeIfAbsent(is ? fold.group(2) : value, k -> new ArrayList<>())
          .add(is ? fold.group(1) : "");
    }
    return folds.entrySet().stream()
        .map(e -> String.join(", ", e.getValue()) + e.getKey())
        .collect(joining(" or "));
  }
}
