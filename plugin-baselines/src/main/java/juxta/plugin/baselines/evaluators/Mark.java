package juxta.plugin.baselines.evaluators;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import juxta.toolkit.image.SafeColour;

/**
 * How one of several kinds of points is drawn: a colour that colour-blind readers can tell from the
 * others (Okabe and Ito 2008), and a shape. After 28 kinds the marks repeat.
 *
 * @param colour the colour
 * @param form 0 disc, 1 triangle, 2 square, 3 diamond
 */
record Mark(Color colour, int form) {
  private static final List<Color> COLOURS =
      List.of(
          new Color(SafeColour.BLUE.rgb()),
          new Color(SafeColour.ORANGE.rgb()),
          new Color(SafeColour.GREEN.rgb()),
          new Color(SafeColour.PURPLE.rgb()),
          Color.BLACK,
          new Color(SafeColour.SKY.rgb()),
          new Color(SafeColour.VERMILION.rgb()));

  private static final int FORMS = 4;

  /** The mark of a kind; neighbours in number differ in both. */
  static Mark of(int kind) {
    int colours = COLOURS.size();
    return new Mark(COLOURS.get(kind % colours), (kind % colours + kind / colours) % FORMS);
  }

  void draw(Graphics2D g, double x, double y, double radius, float opacity) {
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opacity));
    g.setColor(colour);
    g.fill(shape(x, y, radius));
    g.setComposite(AlphaComposite.SrcOver);
  }

  private Shape shape(double x, double y, double r) {
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
