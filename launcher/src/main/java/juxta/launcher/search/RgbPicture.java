package juxta.launcher.search;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.imageio.ImageIO;
import juxta.api.FieldType;
import juxta.api.RawPicture;
import juxta.api.Value;

/**
 * A picture in memory.
 *
 * @param height pixels
 * @param width pixels
 * @param rgb bytes in the order [height, width, 3]
 */
public record RgbPicture(int height, int width, byte[] rgb) {
  /**
   * The picture of a record.
   *
   * @param image uint8 [H, W, C], C = 1 or 3
   * @return a picture
   */
  static RgbPicture of(Value image) {
    int height = image.shape().get(0).intValue();
    int width = image.shape().get(1).intValue();
    int channels = image.shape().get(2).intValue();
    ByteBuffer data = image.data();
    byte[] rgb = new byte[3 * height * width];
    for (int i = 0; i < height * width; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = data.get(i * channels + (channels == 3 ? c : 0));
      }
    }
    return new RgbPicture(height, width, rgb);
  }

  /** Grey becomes three equal channels; of 16 bits the upper eight are taken. */
  static RgbPicture of(RawPicture raw) {
    byte[] rgb = new byte[3 * raw.height() * raw.width()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (raw.sample(raw.channels() == 1 ? i / 3 : i) >> raw.bits() - 8);
    }
    return new RgbPicture(raw.height(), raw.width(), rgb);
  }

  /** As the value of a record's field of so many channels. */
  Value value(int channels) {
    byte[] data = rgb;
    if (channels == 1) {
      data = new byte[height * width];
      for (int i = 0; i < data.length; i++) {
        int sum = 0;
        for (int c = 0; c < 3; c++) {
          sum += rgb[3 * i + c] & 0xFF;
        }
        data[i] = (byte) Math.round(sum / 3f);
      }
    }
    List<Long> shape = List.of((long) height, (long) width, (long) channels);
    return new Value(FieldType.UINT8, shape, ByteBuffer.wrap(data));
  }

  /** The largest part in the middle that has the given proportions. */
  RgbPicture middle(int rows, int columns) {
    int h = (int) Math.max(1, Math.min(height, Math.round((double) width * rows / columns)));
    int w = (int) Math.max(1, Math.min(width, Math.round((double) height * columns / rows)));
    int top = (height - h) / 2;
    int left = (width - w) / 2;
    byte[] part = new byte[3 * h * w];
    for (int y = 0; y < h; y++) {
      System.arraycopy(rgb, 3 * ((top + y) * width + left), part, 3 * y * w, 3 * w);
    }
    return new RgbPicture(h, w, part);
  }

  /** Resizes each axis on its own. */
  RgbPicture resized(int rows, int columns) {
    if (rows == height && columns == width) {
      return this;
    }
    Cubic vertical = Cubic.of(height, rows);
    Cubic horizontal = Cubic.of(width, columns);
    float[] narrow = new float[3 * height * columns]; // [height, columns, 3]
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns; x++) {
        for (int k = horizontal.first(x); k < horizontal.end(x); k++) {
          float weight = horizontal.weight(x, k);
          for (int c = 0; c < 3; c++) {
            narrow[3 * (y * columns + x) + c] += weight * (rgb[3 * (y * width + k) + c] & 0xFF);
          }
        }
      }
    }
    byte[] result = new byte[3 * rows * columns];
    float[] line = new float[3 * columns];
    for (int y = 0; y < rows; y++) {
      java.util.Arrays.fill(line, 0);
      for (int k = vertical.first(y); k < vertical.end(y); k++) {
        float weight = vertical.weight(y, k);
        for (int i = 0; i < line.length; i++) {
          line[i] += weight * narrow[k * line.length + i];
        }
      }
      for (int i = 0; i < line.length; i++) {
        result[y * line.length + i] = (byte) Math.max(0, Math.min(255, Math.round(line[i])));
      }
    }
    return new RgbPicture(rows, columns, result);
  }

  /** Makes it smaller where its longer side has more pixels, for a first look. */
  RgbPicture atMost(int side) {
    double scale = (double) side / Math.max(height, width);
    return scale >= 1
        ? this
        : resized(
            (int) Math.max(1, Math.round(height * scale)),
            (int) Math.max(1, Math.round(width * scale)));
  }

  /** As a PNG file. */
  byte[] png() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] line = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        line[x] = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
      }
      image.setRGB(0, y, width, 1, line, 0, width);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
