package juxta.plugin.baselines.evaluators;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import juxta.api.Matrix;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.Mark;

/**
 * Maps side by side, and below them the same maps with other marks, with a legend for each row. No
 * meaning is in a colour alone: each mark has its own pair of colour and shape.
 */
final class MapPicture {
  private static final int SIDE = 460;
  private static final int GAP = 16;
  private static final int TITLE = 24;
  private static final int LEGEND = 260;
  private static final int LINE = 19;
  private static final int LETTERS = 13;
  private static final int LONGEST = 30; // characters of a name
  private static final double RADIUS = 3.2;
  private static final double MARGIN = 0.04; // of a side
  private static final int INK = 0x222222;
  private static final int FRAME = 0xbbbbbb;

  private MapPicture() {}

  /**
   * Where the points are.
   *
   * @param title stands above
   * @param coordinates [N, 2]
   */
  record Panel(String title, Matrix coordinates) {}

  /**
   * How the points are marked.
   *
   * @param title stands above the legend
   * @param names of the marks, by their number
   * @param marks one a point
   */
  record Row(String title, SortedMap<Integer, String> names, int[] marks) {}

  static Canvas draw(List<Panel> panels, List<Row> rows) {
    int width = panels.size() * (SIDE + GAP) + GAP + LEGEND;
    int height = TITLE + rows.size() * (SIDE + GAP) + GAP;
    Canvas canvas = new Canvas(width, height, 0xFFFFFF);
    for (int r = 0; r < rows.size(); r++) {
      int top = TITLE + r * (SIDE + GAP);
      for (int p = 0; p < panels.size(); p++) {
        int left = GAP + p * (SIDE + GAP);
        if (r == 0) {
          canvas.text(panels.get(p).title(), left, TITLE - 7, LETTERS, INK);
        }
        points(canvas, panels.get(p).coordinates(), rows.get(r).marks(), left, top);
      }
      legend(canvas, rows.get(r), GAP + panels.size() * (SIDE + GAP), top);
    }
    return canvas;
  }

  private static void points(Canvas canvas, Matrix coordinates, int[] marks, int left, int top) {
    canvas.outline(left, top, SIDE, SIDE, 1, FRAME);
    float[] low = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
    float[] high = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < coordinates.values().length; i++) {
      low[i % 2] = Math.min(low[i % 2], coordinates.values()[i]);
      high[i % 2] = Math.max(high[i % 2], coordinates.values()[i]);
    }
    double extent = Math.max(high[0] - low[0], high[1] - low[1]); // one scale for both axes
    double scale = extent > 0 ? SIDE * (1 - 2 * MARGIN) / extent : 0;
    for (int i = 0; i < marks.length; i++) {
      double x = coordinates.at(i, 0) - (low[0] + high[0]) / 2.0;
      double y = coordinates.at(i, 1) - (low[1] + high[1]) / 2.0;
      canvas.mark(
          Mark.of(marks[i]),
          left + SIDE / 2.0 + x * scale,
          top + SIDE / 2.0 - y * scale,
          RADIUS,
          0.75f);
    }
  }

  private static void legend(Canvas canvas, Row row, int left, int top) {
    canvas.text(row.title(), left, top + 12, LETTERS, INK);
    int lines = SIDE / LINE - 1;
    int shown = row.names().size() <= lines ? row.names().size() : lines - 1;
    int line = 0;
    for (Map.Entry<Integer, String> mark : row.names().entrySet()) {
      if (line++ == shown) {
        break;
      }
      int y = top + line * LINE + 9;
      canvas.mark(Mark.of(mark.getKey()), left + 6, y, RADIUS + 1.5, 1);
      String name = mark.getValue();
      boolean fits = name.length() <= LONGEST;
      String shownName = fits ? name : name.substring(0, LONGEST - 1) + "…";
      canvas.text(shownName, left + 18, y + 4, LETTERS, INK);
    }
    if (shown < row.names().size()) {
      canvas.text(
          "and " + (row.names().size() - shown) + " more",
          left,
          top + (shown + 1) * LINE + 13,
          LETTERS,
          INK);
    }
  }
}
