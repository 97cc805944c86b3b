package juxta.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;

/** Takes the numbers of decoded images as they are stored, whatever colour profile comes along. */
final class PixelRaster {
  private PixelRaster() {}

  /**
   * Takes them.
   *
   * @param image a decoded image
   * @param inks whether four bands are inks, whatever its colour model says
   * @return grey, of 16 bits if it has more than eight; else red, green and blue
   * @throws IOException if its numbers are no levels from nothing to full
   */
  static RawPicture raw(BufferedImage image, boolean inks) throws IOException {
    ColorModel model = image.getColorModel();
    int bands = image.getRaster().getNumBands();
    if (model instanceof DirectColorModel) {
      return packed(image.getRaster(), model);
    }
    if (!(model instanceof ComponentColorModel)) {
      return mixed(image);
    }
    int transfer = model.getTransferType();
    if (transfer != DataBuffer.TYPE_BYTE && transfer != DataBuffer.TYPE_USHORT) {
      throw new IOException(
          transfer == DataBuffer.TYPE_FLOAT || transfer == DataBuffer.TYPE_DOUBLE
              ? "has floating-point pixels, save it with 8 or 16 bits"
              : "has signed pixels or such of 32 bits, save it with 8 or 16 unsigned bits");
    }
    if (bands > 5) {
      throw new IOException("has " + bands + " channels; save the three that count");
    }
    if (bands <= 2) {
      return grey(image.getRaster(), model.getComponentSize(0));
    }
    if (inks && bands >= 4) {
      return cmyk(image.getRaster(), model);
    }
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_RGB -> rgb(image.getRaster(), model);
      case ColorSpace.TYPE_CMYK -> cmyk(image.getRaster(), model);
      default -> mixed(image);
    };
  }

  /**
   * The colours that numbers stand for.
   *
   * @param numbers one for each pixel
   * @param colours 0xRRGGBB by number
   * @throws IOException if there is a number without a colour
   */
  static RawPicture indexed(Raster numbers, int[] colours) throws IOException {
    int width = numbers.getWidth();
    int height = numbers.getHeight();
    byte[] data = new byte[3 * height * width];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      numbers.getSamples(numbers.getMinX(), numbers.getMinY() + y, width, 1, 0, line);
      for (int number : line) {
        if (number >= colours.length) {
          throw new IOException("has the colour " + number + " of " + colours.length);
        }
        data[at++] = (byte) (colours[number] >> 16);
        data[at++] = (byte) (colours[number] >> 8);
        data[at++] = (byte) colours[number];
      }
    }
    return new RawPicture(height, width, 3, Byte.SIZE, data);
  }

  /**
   * Colours of a few bits each in one number; the rest of a division is dropped, as Pillow does.
   */
  private static RawPicture packed(Raster raster, ColorModel model) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int[] most = new int[3];
    Arrays.setAll(most, c -> (1 << model.getComponentSize(c)) - 1);
    byte[] data = new byte[3 * height * width];
    int[] line = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, line);
      for (int x = 0; x < line.length; x += bands) {
        for (int c = 0; c < 3; c++) {
          data[at++] = (byte) (most[c] == 0 ? 0 : line[x + c] * 255L / most[c]);
        }
      }
    }
    return new RawPicture(height, width, 3, Byte.SIZE, data);
  }

  /** Palettes. */
  private static RawPicture mixed(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] data = new byte[3 * height * width];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, line, 0, width);
      for (int colour : line) {
        data[at++] = (byte) (colour >> 16);
        data[at++] = (byte) (colour >> 8);
        data[at++] = (byte) colour;
      }
    }
    return new RawPicture(height, width, 3, Byte.SIZE, data);
  }

  /** Not through getRGB: Java takes grey for linear light and would make it brighter. */
  private static RawPicture grey(Raster raster, int bits) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    boolean deep = bits > Byte.SIZE;
    byte[] data = new byte[height * width * (deep ? 2 : 1)];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, line);
      for (int level : line) {
        if (deep) {
          data[at++] = (byte) (level >> 8);
        }
        data[at++] = (byte) level;
      }
    }
    return new RawPicture(height, width, 1, deep ? Short.SIZE : Byte.SIZE, data);
  }

  private static RawPicture rgb(Raster raster, ColorModel model) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] data = new byte[3 * height * width];
    if (raster.getNumBands() == 3
        && raster.getNumDataElements() == 3
        && raster.getTransferType() == DataBuffer.TYPE_BYTE
        && model.getComponentSize(0) == Byte.SIZE) { // much faster than single numbers
      raster.getDataElements(0, 0, width, height, data);
      return new RawPicture(height, width, 3, Byte.SIZE, data);
    }
    int bands = raster.getNumBands();
    int down = Math.max(0, model.getComponentSize(0) - Byte.SIZE);
    int[] line = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, line);
      for (int x = 0; x < line.length; x += bands) {
        data[at++] = (byte) (line[x] >> down);
        data[at++] = (byte) (line[x + 1] >> down);
        data[at++] = (byte) (line[x + 2] >> down);
      }
    }
    return new RawPicture(height, width, 3, Byte.SIZE, data);
  }

  private static RawPicture cmyk(Raster raster, ColorModel model) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int down = Math.max(0, model.getComponentSize(0) - Byte.SIZE);
    byte[] data = new byte[3 * height * width];
    int[] line = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, line);
      for (int x = 0; x < line.length; x += bands) {
        for (int c = 0; c < 3; c++) {
          data[at++] = (byte) Cmyk.channel(line[x + c] >> down, line[x + 3] >> down);
        }
      }
    }
    return new RawPicture(height, width, 3, Byte.SIZE, data);
  }
}
