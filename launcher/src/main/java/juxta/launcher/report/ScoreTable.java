package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Score;
import juxta.toolkit.metrics.PairedTest;
import juxta.toolkit.metrics.Summary;

/**
 * A table of runs: a row a method and encoder, a column a metric, mean and standard deviation over
 * seeds, and the protocol of each column below.
 */
public final class ScoreTable {
  private final List<Row> rows;
  private final Optional<String> baseline;

  private ScoreTable(List<Row> rows, Optional<String> baseline) {
    this.rows = rows.stream().filter(row -> !row.score().metric().contains("/")).toList();
    this.baseline = baseline;
  }

  /**
   * A table.
   *
   * @param rows scores of runs, all on the same data
   * @param baseline the line that others are tested against, as {@code method encoder}
   * @return the table
   */
  public static ScoreTable of(List<Row> rows, Optional<String> baseline) {
    return new ScoreTable(rows, baseline);
  }

  /**
   * The table as text.
   *
   * @return lines without a newline at the end
   */
  public String text() {
    Set<String> columns = new LinkedHashSet<>();
    Set<String> lines = new LinkedHashSet<>();
    rows.forEach(
        r -> {
          columns.add(column(r));
          lines.add(line(r));
        });
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("method", "encoder"));
    head.addAll(columns);
    cells.add(head);
    for (String line : lines) {
      List<String> cell = new ArrayList<>(List.of(line.split(" ", 2)));
      for (String column : columns) {
        cell.add(cell(line, column));
      }
      cells.add(cell);
    }
    StringBuilder text = new StringBuilder(aligned(cells));
    protocols()
        .forEach(
            (column, protocol) -> text.append('\n').append(column).append(": ").append(protocol));
    significance(columns, lines).forEach(s -> text.append('\n').append(s));
    return text.toString();
  }

  private static String column(Row row) {
    return row.evaluator() + " " + row.score().metric();
  }

  private static String line(Row row) {
    return row.method() + " " + row.encoder();
  }

  private List<Row> at(String line, String column) {
    return rows.stream().filter(r -> line(r).equals(line) && column(r).equals(column)).toList();
  }

  private String cell(String line, String column) {
    List<Row> here = at(line, column);
    if (here.isEmpty()) {
      return "-";
    }
    double scale = here.get(0).score().unit() == Score.Unit.RATE ? 100 : 1;
    double[] values = values(here);
    String mean =
        String.format(
            Locale.ROOT, scale == 100 ? "%.1f" : "%.4g", scale * Summary.of(values).mean());
    return values.length < 2
        ? mean
        : mean + String.format(Locale.ROOT, " ± %.1f", scale * Summary.of(values).deviation());
  }

  private static double[] values(List<Row> rows) {
    return rows.stream().mapToDouble(r -> r.score().value()).toArray();
  }

  /** Protocols by the columns that they stand for; metrics of one evaluator often share theirs. */
  private Map<String, String> protocols() {
    Map<String, String> byColumn = new LinkedHashMap<>();
    rows.forEach(row -> byColumn.computeIfAbsent(column(row), this::protocol));
    Map<String, String> byText = new LinkedHashMap<>();
    byColumn.forEach((column, text) -> byText.merge(text, column, (a, b) -> a + ", " + b));
    Map<String, String> protocols = new LinkedHashMap<>();
    byText.forEach((text, columns) -> protocols.put(columns, text));
    return protocols;
  }

  /** What all rows have in common first, then what was different in each. */
  private String protocol(String column) {
    List<Row> here = rows.stream().filter(r -> column(r).equals(column)).toList();
    List<String> words = new ArrayList<>();
    List<String> different = new ArrayList<>();
    if (here.get(0).score().unit() == Score.Unit.RATE) {
      words.add("per cent");
    }
    for (String key : here.get(0).score().protocol().keySet()) {
      Map<String, String> byLine = new LinkedHashMap<>();
      here.forEach(r -> byLine.putIfAbsent(line(r), r.score().protocol().getOrDefault(key, "-")));
      if (new LinkedHashSet<>(byLine.values()).size() == 1) {
        words.add(key + " " + byLine.values().iterator().next());
      } else {
        different.add(key + " by row: " + String.join(" | ", byLine.values()));
      }
    }
    words.addAll(different);
    return String.join(", ", words);
  }

  /** A paired t-test over the seeds that both lines have, where there are two or more. */
  private List<String> significance(Set<String> columns, Set<String> lines) {
    List<String> tests = new ArrayList<>();
    if (baseline.isEmpty() || !lines.contains(baseline.get())) {
      return tests;
    }
    for (String column : columns) {
      for (String line : lines) {
        if (line.equals(baseline.get())) {
          continue;
        }
        List<Double> one = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        for (Row row : at(line, column)) {
          at(baseline.get(), column).stream()
              .filter(b -> b.seed() == row.seed())
              .findFirst()
              .ifPresent(
                  b -> {
                    one.add(row.score().value());
                    other.add(b.score().value());
                  });
        }
        if (one.size() >= 2) {
          tests.add(test(column, line, array(one), array(other)));
        }
      }
    }
    return tests;
  }

  private String test(String column, String line, double[] one, double[] other) {
    PairedTest test = PairedTest.of(one, other);
    return String.format(
        Locale.ROOT,
        "%s: %s minus %s = %+.2f points over %d seeds, paired t-test p = %.3f",
        column,
        words(line),
        words(baseline.orElseThrow()),
        100 * test.difference(),
        one.length,
        test.p());
  }

  /** The line as a sentence names it: without a dash where there is no encoder. */
  private static String words(String line) {
    return line.endsWith(" -") ? line.substring(0, line.length() - 2) : line;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Left-aligned words, right-aligned numbers. */
  private static String aligned(List<List<String>> cells) {
    int columns = cells.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(widths[c] - row.get(c).length());
        line.append(c == 0 ? "" : "  ").append(c < 2 ? row.get(c) + pad : pad + row.get(c));
      }
      lines.add(line.toString().stripTrailing());
      if (lines.size() == 1) {
        lines.add("-".repeat(java.util.Arrays.stream(widths).sum() + 2 * (columns - 1)));
      }
    }
    return String.join("\n", lines);
  }
}
