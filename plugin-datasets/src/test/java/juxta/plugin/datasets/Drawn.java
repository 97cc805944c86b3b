package juxta.plugin.datasets;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small image files for tests. */
public final class Drawn {
  private Drawn() {}

  /** A picture whose pixel (x, y) is (red + x, 2 y, 50). */
  public static BufferedImage picture(int width, int height, int red, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | (red + x) << 16 | 2 * y << 8 | 50);
      }
    }
    return image;
  }

  public static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException(format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path png(Path file, int width, int height, int red) {
    return Bytes.write(
        file, encode(picture(width, height, red, BufferedImage.TYPE_INT_RGB), "png"));
  }

  /** A 16-bit PNG whose pixels have the levels given, a row. */
  public static byte[] deep(int... levels) {
    BufferedImage image = new BufferedImage(levels.length, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, levels.length, 1, 0, levels);
    return encode(image, "png");
  }

  /** A PNG that is to be turned a quarter to the right, as a camera would say. */
  public static byte[] turned(byte[] png) {
    byte[] exif =
        HexFormat.of().parseHex("4d4d002a0000000800010112000300000001000600000000" + "0000");
    CRC32 sum = new CRC32();
    byte[] name = {'e', 'X', 'I', 'f'};
    sum.update(name);
    sum.update(exif);
    int header = 33;
    return ByteBuffer.allocate(png.length + 12 + exif.length)
        .put(png, 0, header)
        .putInt(exif.length)
        .put(name)
        .put(exif)
        .putInt((int) sum.getValue())
        .put(png, header, png.length - header)
        .array();
  }
}
