package juxta.picture;

import java.awt.image.Raster;

/**
 * Makes colours of the numbers that a JPEG stores, as libjpeg and Pillow do; colour profiles are
 * left out of account.
 */
final class JpegColours {
  private static final int HALF = 1 << 15;

  private JpegColours() {}

  /**
   * Converts.
   *
   * @param raster stored numbers, at least as many bands as the colours have
   * @param colours what the numbers are
   * @return red, green and blue, or grey
   */
  static RawPicture of(Raster raster, JpegHeader.Colours colours) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int channels = colours == JpegHeader.Colours.GREY ? 1 : 3;
    byte[] data = new byte[height * width * channels];
    int[] line = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, line);
      for (int x = 0; x < line.length; x += bands) {
        switch (colours) {
          case GREY -> data[at++] = (byte) line[x];
          case RGB -> {
            data[at++] = (byte) line[x];
            data[at++] = (byte) line[x + 1];
            data[at++] = (byte) line[x + 2];
          }
          case YCBCR -> {
            data[at++] = (byte) red(line, x);
            data[at++] = (byte) green(line, x);
            data[at++] = (byte) blue(line, x);
          }
          case CMYK -> {
            int black = 255 - line[x + 3];
            data[at++] = (byte) Cmyk.channel(255 - line[x], black);
            data[at++] = (byte) Cmyk.channel(255 - line[x + 1], black);
            data[at++] = (byte) Cmyk.channel(255 - line[x + 2], black);
          }
          case YCCK -> {
            // Of YCC libjpeg makes 255 - red and so on; that is inverted again, as all inks are.
            int black = 255 - line[x + 3];
            data[at++] = (byte) Cmyk.channel(red(line, x), black);
            data[at++] = (byte) Cmyk.channel(green(line, x), black);
            data[at++] = (byte) Cmyk.channel(blue(line, x), black);
          }
        }
      }
    }
    return new RawPicture(height, width, channels, Byte.SIZE, data);
  }

  // The products of libjpeg's jdcolor.c: 16 bits behind the point, rounded.

  private static int red(int[] ycc, int at) {
    return clipped(ycc[at] + (91881 * (ycc[at + 2] - 128) + HALF >> 16));
  }

  private static int green(int[] ycc, int at) {
    int differences = -22554 * (ycc[at + 1] - 128) - 46802 * (ycc[at + 2] - 128);
    return clipped(ycc[at] + (differences + HALF >> 16));
  }

  private static int blue(int[] ycc, int at) {
    return clipped(ycc[at] + (116130 * (ycc[at + 1] - 128) + HALF >> 16));
  }

  private static int clipped(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
