package juxta.plugin.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;

/** Small masks for tests. */
public final class Masks {
  /** Colours of the classes 0, 1 and 2. */
  public static final int[] COLOURS = {0x3C1098, 0x8429F6, 0x6EC1E4};

  private Masks() {}

  /** A picture of numbers, as grey. */
  public static Path grey(Path file, int width, int height, IntBinaryOperator index) {
    return write(file, new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), index);
  }

  /** A picture of numbers with a palette, in as few bits as the palette needs. */
  public static Path palette(Path file, int width, int height, IntBinaryOperator index) {
    byte[][] parts = new byte[3][4];
    for (int c = 0; c < COLOURS.length; c++) {
      for (int i = 0; i < 3; i++) {
        parts[i][c] = (byte) (COLOURS[c] >> (16 - 8 * i));
      }
    }
    IndexColorModel model = new IndexColorModel(2, 4, parts[0], parts[1], parts[2]);
    return write(
        file, new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model), index);
  }

  private static Path write(Path file, BufferedImage image, IntBinaryOperator index) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, index.applyAsInt(x, y));
      }
    }
    return Bytes.write(file, Drawn.encode(image, "png"));
  }

  /** A picture of colours. */
  public static Path colours(
      Path file, String format, int width, int height, IntBinaryOperator colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    return Bytes.write(file, Drawn.encode(image, format));
  }

  public static Path csv(Path file, String... rows) {
    return Bytes.write(file, ("id,name,r,g,b\n" + String.join("\n", rows) + "\n").getBytes());
  }
}
