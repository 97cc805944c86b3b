package juxta.toolkit.picture;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * How one of several kinds of points is drawn: a colour that colour-blind readers can tell from the
 * others ({@link SafeColour}), and a shape. After 28 kinds the marks repeat.
 *
 * @param colour 0xRRGGBB
 * @param form 0 disc, 1 triangle, 2 square, 3 diamond
 */
public record Mark(int colour, int form) {
  private static final List<Integer> COLOURS =
      List.of(
          SafeColour.BLUE.rgb(),
          SafeColour.ORANGE.rgb(),
          SafeColour.GREEN.rgb(),
          SafeColour.PURPLE.rgb(),
          0,
          SafeColour.SKY.rgb(),
          SafeColour.VERMILION.rgb());

  private static final int FORMS = 4;

  /**
   * The mark of a kind; neighbours in number differ in both.
   *
   * @param kind its number, from 0
   * @return its mark
   */
  public static Mark of(int kind) {
    int colours = COLOURS.size();
    return new Mark(COLOURS.get(kind % colours), (kind % colours + kind / colours) % FORMS);
  }

  Shape shape(double x, double y, double r) {
    return switch (form) {
      case 0 -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
      case 1 -> polygon(x, y - 1.2 * r, x + 1.1 * r, y + 0.9 * r, x - 1.1 * r, y + 0.9 * r);
      case 2 -> new Rectangle2D.Double(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
      default -> polygon(x, y - 1.3 * r, x + 1.3 * r, y, x, y + 1.3 * r, x - 1.3 * r, y);
    };
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
