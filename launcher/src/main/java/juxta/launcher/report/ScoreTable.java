package juxta.launcher.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;
import juxta.toolkit.text.Printable;

/**
 * A table of runs for a terminal: mean and standard deviation over seeds or folds, and the protocol
 * of the numbers below. A row is a method and encoder, a column a metric; where that is too wide, a
 * row is a metric; and where that is, too, each metric has a paragraph.
 */
public final class ScoreTable {
  private static final String GAP = "  ";
  private static final String NONE = "-";

  private final ScoreGrid grid;
  private final Optional<Line> baseline;

  private ScoreTable(ScoreGrid grid, Optional<Line> baseline) {
    this.grid = grid;
    this.baseline = baseline;
  }

  /**
   * A table.
   *
   * @param rows scores of runs, all on the same data
   * @param baseline the line that others are tested against
   * @return the table
   */
  public static ScoreTable of(List<Row> rows, Optional<Line> baseline) {
    return new ScoreTable(ScoreGrid.of(rows), baseline);
  }

  /**
   * The table as text.
   *
   * @param width characters that a line may have
   * @return printable lines
   */
  public List<String> lines(int width) {
    List<String> lines =
        new ArrayList<>(
            aligned(byLine(), 2, width)
                .or(() -> aligned(byMetric(), 1, width))
                .orElseGet(() -> paragraphs(width)));
    Folded.of(grid).forEach(text -> lines.addAll(Wrapped.lines(Printable.line(text), width)));
    Intervals.of(grid).forEach(text -> lines.addAll(Wrapped.lines(Printable.line(text), width)));
    baseline.ifPresent(
        base ->
            Significance.against(grid, base)
                .forEach(text -> lines.addAll(Wrapped.lines(Printable.line(text), width))));
    return lines;
  }

  private List<List<String>> byLine() {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("method", "encoder"));
    grid.columns().forEach(column -> head.add(column.toString()));
    cells.add(head);
    for (Line line : grid.lines()) {
      List<String> row = new ArrayList<>(List.of(line.method(), line.encoder()));
      grid.columns().forEach(column -> row.add(cell(line, column)));
      cells.add(row);
    }
    return cells;
  }

  private List<List<String>> byMetric() {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("metric"));
    grid.lines().forEach(line -> head.add(line.words()));
    cells.add(head);
    for (Column column : grid.columns()) {
      List<String> row = new ArrayList<>(List.of(column.toString()));
      grid.lines().forEach(line -> row.add(cell(line, column)));
      cells.add(row);
    }
    return cells;
  }

  private String cell(Line line, Column column) {
    return grid.cell(line, column).map(Figures::score).orElse(NONE);
  }

  /** Words on the left, as many columns as said, and numbers on the right; nothing if too wide. */
  private static Optional<List<String>> aligned(List<List<String>> rows, int words, int width) {
    List<List<String>> cells =
        rows.stream().map(row -> row.stream().map(Printable::line).toList()).toList();
    int columns = cells.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    int whole = Arrays.stream(widths).sum() + GAP.length() * (columns - 1);
    if (whole > width) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(widths[c] - row.get(c).length());
        line.append(c == 0 ? "" : GAP).append(c < words ? row.get(c) + pad : pad + row.get(c));
      }
      lines.add(line.toString().stripTrailing());
      if (lines.size() == 1) {
        lines.add("-".repeat(whole));
      }
    }
    return Optional.of(lines);
  }

  /** A metric, and below it what each line has. */
  private List<String> paragraphs(int width) {
    List<String> lines = new ArrayList<>();
    for (Column column : grid.columns()) {
      lines.addAll(Wrapped.lines(Printable.line(column.toString()), width));
      int widest =
          grid.lines().stream().mapToInt(line -> cell(line, column).length()).max().orElse(0);
      for (Line line : grid.lines()) {
        String number = cell(line, column);
        String padded = " ".repeat(widest - number.length()) + number;
        lines.addAll(Wrapped.lines(GAP + padded + GAP + Printable.line(line.words()), width));
      }
    }
    return lines;
  }
}
