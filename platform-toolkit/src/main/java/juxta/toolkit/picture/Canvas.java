package juxta.toolkit.picture;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import juxta.picture.Picture;
import juxta.toolkit.io.AtomicFile;

/**
 * Something to draw on: pictures, areas, outlines, marks and letters, for what is looked at. Places
 * are pixels from the upper left corner; colours are 0xRRGGBB; what lies outside is not drawn.
 */
public final class Canvas {
  private final BufferedImage image;
  private final Graphics2D g;

  /**
   * An empty canvas.
   *
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @param paper its colour
   */
  public Canvas(int width, int height, int paper) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    fill(0, 0, width, height, paper);
  }

  /** Without fonts, as in small containers, Java throws an error that depends on its version. */
  private boolean fonts() {
    try {
      return g.getFontMetrics().stringWidth("a") > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  /**
   * Draws a picture as large as it is.
   *
   * @param picture the picture
   * @param left where its left edge goes
   * @param top where its upper edge goes
   * @return this
   */
  public Canvas draw(Picture picture, int left, int top) {
    for (int y = Math.max(0, -top); y < picture.size().height() && top + y < height(); y++) {
      for (int x = Math.max(0, -left); x < picture.size().width() && left + x < width(); x++) {
        image.setRGB(left + x, top + y, picture.colour(y, x));
      }
    }
    return this;
  }

  /**
   * Fills an area.
   *
   * @param left its left edge
   * @param top its upper edge
   * @param width pixels
   * @param height pixels
   * @param colour its colour
   * @return this
   */
  public Canvas fill(int left, int top, int width, int height, int colour) {
    g.setColor(new Color(colour));
    g.fillRect(left, top, width, height);
    return this;
  }

  /**
   * Draws the edge of an area, inside of it.
   *
   * @param left its left edge
   * @param top its upper edge
   * @param width pixels
   * @param height pixels
   * @param thickness pixels that the line is thick
   * @param colour its colour
   * @return this
   */
  public Canvas outline(int left, int top, int width, int height, int thickness, int colour) {
    fill(left, top, width, thickness, colour);
    fill(left, top + height - thickness, width, thickness, colour);
    fill(left, top, thickness, height, colour);
    return fill(left + width - thickness, top, thickness, height, colour);
  }

  /**
   * Draws a mark.
   *
   * @param mark what it looks like
   * @param x its middle
   * @param y its middle
   * @param radius half its width, about
   * @param opacity from 0 to 1
   * @return this
   */
  public Canvas mark(Mark mark, double x, double y, double radius, float opacity) {
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opacity));
    g.setColor(new Color(mark.colour()));
    g.fill(mark.shape(x, y, radius));
    g.setComposite(AlphaComposite.SrcOver);
    return this;
  }

  /**
   * Writes a line of text; nothing where the system has no fonts.
   *
   * @param text the text
   * @param left where it begins
   * @param baseline where its letters stand
   * @param size of the letters, in points
   * @param colour its colour
   * @return this
   */
  public Canvas text(String text, int left, int baseline, int size, int colour) {
    if (fonts()) {
      g.setFont(font(size));
      g.setColor(new Color(colour));
      g.drawString(text, left, baseline);
    }
    return this;
  }

  /**
   * The text, or as much of its beginning as there is room for.
   *
   * @param text the text
   * @param size of the letters, in points
   * @param width pixels that there are
   * @return the text, or its beginning with three dots
   */
  public String fitting(String text, int size, int width) {
    if (!fonts() || width(text, size) <= width) {
      return text;
    }
    int kept = text.length() - 1;
    while (kept > 0 && width(text.substring(0, kept) + "…", size) > width) {
      kept--;
    }
    return text.substring(0, kept) + "…";
  }

  private int width(String text, int size) {
    return g.getFontMetrics(font(size)).stringWidth(text);
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  /**
   * Its width.
   *
   * @return pixels
   */
  public int width() {
    return image.getWidth();
  }

  /**
   * Its height.
   *
   * @return pixels
   */
  public int height() {
    return image.getHeight();
  }

  /**
   * What was drawn.
   *
   * @return a picture that later drawing does not change
   */
  public Picture picture() {
    return Picture.painted(height(), width(), (y, x) -> image.getRGB(x, y));
  }

  /**
   * What was drawn, as a PNG file.
   *
   * @return the file's content
   */
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /**
   * A picture as a PNG file.
   *
   * @param picture the picture
   * @return the file's content
   */
  public static byte[] png(Picture picture) {
    return new Canvas(picture.size().width(), picture.size().height(), 0).draw(picture, 0, 0).png();
  }

  /**
   * Writes what was drawn as a PNG file.
   *
   * @param file where it goes, see {@link AtomicFile}
   * @throws juxta.api.UserException if the file cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, png());
  }
}
