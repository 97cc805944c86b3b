package juxta.plugin.baselines.evaluators;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import javax.imageio.ImageIO;
import juxta.api.Matrix;

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
  private static final int LONGEST = 30; // characters of a name
  private static final double RADIUS = 3.2;
  private static final double MARGIN = 0.04; // of a side
  private static final Color INK = new Color(0x222222);
  private static final Color FRAME = new Color(0xbbbbbb);

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

  static void write(List<Panel> panels, List<Row> rows, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(draw(panels, rows), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    LeftFile.write(file, bytes.toByteArray());
  }

  static BufferedImage draw(List<Panel> panels, List<Row> rows) {
    int width = panels.size() * (SIDE + GAP) + GAP + LEGEND;
    int height = TITLE + rows.size() * (SIDE + GAP) + GAP;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    Lettering letters = Lettering.on(g, new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    for (int r = 0; r < rows.size(); r++) {
      int top = TITLE + r * (SIDE + GAP);
      for (int p = 0; p < panels.size(); p++) {
        int left = GAP + p * (SIDE + GAP);
        if (r == 0) {
          letters.draw(panels.get(p).title(), left, TITLE - 7, INK);
        }
        points(g, panels.get(p).coordinates(), rows.get(r).marks(), left, top);
      }
      legend(g, letters, rows.get(r), GAP + panels.size() * (SIDE + GAP), top);
    }
    g.dispose();
    return image;
  }

  private static void points(Graphics2D g, Matrix coordinates, int[] marks, int left, int top) {
    g.setColor(FRAME);
    g.drawRect(left, top, SIDE - 1, SIDE - 1);
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
      Mark.of(marks[i])
          .draw(g, left + SIDE / 2.0 + x * scale, top + SIDE / 2.0 - y * scale, RADIUS, 0.75f);
    }
  }

  private static void legend(Graphics2D g, Lettering letters, Row row, int left, int top) {
    letters.draw(row.title(), left, top + 12, INK);
    int lines = SIDE / LINE - 1;
    int shown = row.names().size() <= lines ? row.names().size() : lines - 1;
    int line = 0;
    for (Map.Entry<Integer, String> mark : row.names().entrySet()) {
      if (line++ == shown) {
        break;
      }
      int y = top + line * LINE + 9;
      Mark.of(mark.getKey()).draw(g, left + 6, y, RADIUS + 1.5, 1);
      String name = mark.getValue();
      boolean fits = name.length() <= LONGEST;
      letters.draw(fits ? name : name.substring(0, LONGEST - 1) + "…", left + 18, y + 4, INK);
    }
    if (shown < row.names().size()) {
      letters.draw(
          "and " + (row.names().size() - shown) + " more",
          left,
          top + (shown + 1) * LINE + 13,
          INK);
    }
  }
}
