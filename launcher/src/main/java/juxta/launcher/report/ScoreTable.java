package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;

/**
 * A table of runs for a terminal: a row a method and encoder, a column a metric, mean and standard
 * deviation over seeds, and the protocol of each column below.
 */
public final class ScoreTable {
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
   * @return lines without a newline at the end
   */
  public String text() {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("method", "encoder"));
    grid.columns().forEach(column -> head.add(column.toString()));
    cells.add(head);
    for (Line line : grid.lines()) {
      List<String> cell = new ArrayList<>(List.of(line.method(), line.encoder()));
      for (Column column : grid.columns()) {
        cell.add(grid.cell(line, column).map(Figures::score).orElse("-"));
      }
      cells.add(cell);
    }
    StringBuilder text = new StringBuilder(aligned(cells));
    grid.protocols()
        .forEach(
            (column, protocol) -> text.append('\n').append(column).append(": ").append(protocol));
    baseline.ifPresent(
        base -> Significance.against(grid, base).forEach(s -> text.append('\n').append(s)));
    return text.toString();
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
