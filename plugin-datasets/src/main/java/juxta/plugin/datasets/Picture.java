package juxta.plugin.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import juxta.api.FieldType;
import juxta.api.RawPicture;
import juxta.api.Value;

/**
 * A decoded colour picture.
 *
 * @param size height and width
 * @param rgb bytes in the order [height, width, 3]
 */
record Picture(ImageSize size, byte[] rgb) {
  /** What a file with these pixels is read as. */
  static Picture of(RawPicture raw, GreyWindow window) {
    ImageSize size = new ImageSize(raw.height(), raw.width());
    byte[] rgb = new byte[3 * raw.height() * raw.width()];
    if (raw.bits() == 16 && raw.channels() == 1) {
      int[] grey = new int[rgb.length / 3];
      for (int i = 0; i < grey.length; i++) {
        grey[i] = raw.sample(i);
      }
      window.toBytes(grey);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) grey[i / 3];
      }
      return new Picture(size, rgb);
    }
    for (int i = 0; i < rgb.length; i++) { // no copy as wider numbers: pictures may be large
      rgb[i] = (byte) (raw.sample(raw.channels() == 1 ? i / 3 : i) >> raw.bits() - 8);
    }
    return new Picture(size, rgb);
  }

  /** As a record holds it: [height, width, 3]. */
  Value value() {
    return new Value(
        FieldType.UINT8,
        List.of((long) size.height(), (long) size.width(), 3L),
        ByteBuffer.wrap(rgb));
  }

  /**
   * Resizes so that the shorter side has so many pixels, then cuts the middle out: a square.
   *
   * @param side pixels along each edge of the result
   */
  Picture squared(int side) {
    int height = size.height();
    int width = size.width();
    if (height == side && width == side) {
      return this;
    }
    int shorter = Math.min(height, width);
    // The square in the middle is cut out of the source, which gives the same pixels for less work.
    double top = (height - shorter) / 2.0;
    double left = (width - shorter) / 2.0;
    return resampled(
        Resampling.of(height, top, shorter, side),
        Resampling.of(width, left, shorter, side),
        new ImageSize(side, side));
  }

  /**
   * Makes the picture smaller, in proportion, where it is too large.
   *
   * @param longest pixels along the longer edge, at most
   */
  Picture within(int longest) {
    int height = size.height();
    int width = size.width();
    int longer = Math.max(height, width);
    if (longer <= longest) {
      return this;
    }
    int rows = Math.max(1, (int) Math.round((double) height * longest / longer));
    int columns = Math.max(1, (int) Math.round((double) width * longest / longer));
    return resampled(
        Resampling.of(height, 0, height, rows),
        Resampling.of(width, 0, width, columns),
        new ImageSize(rows, columns));
  }

  /** The part of the picture that a box shows; what of it lies outside is left out. */
  Picture cropped(Box box) {
    Box inside = box.inside(size);
    int row = 3 * inside.width();
    byte[] part = new byte[row * inside.height()];
    for (int y = 0; y < inside.height(); y++) {
      int from = 3 * ((inside.top() + y) * size.width() + inside.left());
      System.arraycopy(rgb, from, part, y * row, row);
    }
    return new Picture(new ImageSize(inside.height(), inside.width()), part);
  }

  /**
   * Resizes to a square, each axis on its own: nothing is cut off, proportions change.
   *
   * @param side pixels along each edge of the result
   */
  Picture stretched(int side) {
    int height = size.height();
    int width = size.width();
    return height == side && width == side
        ? this
        : resampled(
            Resampling.of(height, 0, height, side),
            Resampling.of(width, 0, width, side),
            new ImageSize(side, side));
  }

  /** Bright for dark. */
  Picture negative() {
    byte[] turned = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      turned[i] = (byte) (255 - (rgb[i] & 0xFF));
    }
    return new Picture(size, turned);
  }

  private Picture resampled(Resampling rows, Resampling columns, ImageSize to) {
    int width = size.width();
    int row = to.width() * 3;
    int top = rows.first(0); // rows above and below the part that is wanted are left out
    int bottom = rows.first(to.height() - 1) + rows.taps(to.height() - 1);
    float[] narrow = new float[(bottom - top) * row]; // [height of the part, to.width, 3]
    float[] line = new float[3 * width];
    for (int y = top; y < bottom; y++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = rgb[3 * y * width + i] & 0xFF;
      }
      columns.along(line, narrow, (y - top) * row);
    }
    byte[] result = new byte[to.height() * row];
    float[] sums = new float[row];
    for (int y = 0; y < to.height(); y++) {
      Arrays.fill(sums, 0);
      for (int k = 0; k < rows.taps(y); k++) {
        float weight = rows.weight(y, k);
        int from = (rows.first(y) + k - top) * row;
        for (int i = 0; i < row; i++) {
          sums[i] += weight * narrow[from + i];
        }
      }
      for (int i = 0; i < row; i++) {
        int rounded = (int) (sums[i] + 0.5); // as a double: as exact as Math.round, and faster
        result[y * row + i] = (byte) Math.max(0, Math.min(255, rounded));
      }
    }
    return new Picture(to, result);
  }
}
