package juxta.picture;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * A decoded colour picture, and what is usually made of one. Nothing here changes the picture
 * itself. Resizing is bicubic and widens its kernel where it shrinks, so that every pixel counts:
 * what Pillow's {@code BICUBIC} does.
 *
 * @param size height and width
 * @param rgb bytes in the order [height, width, 3]; not copied
 */
public record Picture(ImageSize size, byte[] rgb) {
  /**
   * Of decoded pixels as they are stored, not turned; grey becomes three equal channels, of 16 bits
   * eight are kept.
   *
   * @param raw the pixels
   * @param window which part of the range of 16-bit grey is kept
   * @return the picture
   */
  public static Picture of(RawPicture raw, GreyWindow window) {
    ImageSize size = new ImageSize(raw.height(), raw.width());
    if (raw.bits() == 8 && raw.channels() == 3) {
      return new Picture(size, raw.data());
    }
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

  /**
   * A picture of anything.
   *
   * @param height pixels
   * @param width pixels
   * @param colour gives the colour 0xRRGGBB of the pixel in a row and a column
   * @return the picture
   */
  public static Picture painted(int height, int width, IntBinaryOperator colour) {
    byte[] rgb = new byte[3 * height * width];
    for (int i = 0; i < height * width; i++) {
      int own = colour.applyAsInt(i / width, i % width);
      rgb[3 * i] = (byte) (own >> 16);
      rgb[3 * i + 1] = (byte) (own >> 8);
      rgb[3 * i + 2] = (byte) own;
    }
    return new Picture(new ImageSize(height, width), rgb);
  }

  /**
   * The colour of a pixel.
   *
   * @param row from 0, at the top
   * @param column from 0, on the left
   * @return 0xRRGGBB
   */
  public int colour(int row, int column) {
    int at = 3 * (row * size.width() + column);
    return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
  }

  /**
   * The pixels in so many channels.
   *
   * @param channels 3, or 1 for the mean of the three
   * @return bytes in the order [height, width, channels]; of three channels the picture's own
   */
  public byte[] bytes(int channels) {
    if (channels == 3) {
      return rgb;
    }
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      int sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += rgb[3 * i + c] & 0xFF;
      }
      grey[i] = (byte) Math.round(sum / 3f);
    }
    return grey;
  }

  /**
   * Resizes so that the shorter side has so many pixels, then cuts the middle out: a square.
   *
   * @param side pixels along each edge of the result
   * @return the square
   */
  public Picture squared(int side) {
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
   * @return the smaller picture, or this one
   */
  public Picture within(int longest) {
    int height = size.height();
    int width = size.width();
    int longer = Math.max(height, width);
    if (longer <= longest) {
      return this;
    }
    int rows = Math.max(1, (int) Math.round((double) height * longest / longer));
    int columns = Math.max(1, (int) Math.round((double) width * longest / longer));
    return resized(rows, columns);
  }

  /**
   * Cuts out the largest part in the middle that has the given proportions.
   *
   * @param rows height in any unit
   * @param columns width in the same unit
   * @return the part
   */
  public Picture middle(int rows, int columns) {
    int height = size.height();
    int width = size.width();
    int h = (int) Math.max(1, Math.min(height, Math.round((double) width * rows / columns)));
    int w = (int) Math.max(1, Math.min(width, Math.round((double) height * columns / rows)));
    int top = (height - h) / 2;
    int left = (width - w) / 2;
    return cropped(new PixelBox(left, top, left + w, top + h));
  }

  /**
   * Cuts out what a box shows; what of it lies outside the picture is left out.
   *
   * @param box a part that {@linkplain PixelBox#meets meets} the picture
   * @return the part
   */
  public Picture cropped(PixelBox box) {
    PixelBox inside = box.inside(size);
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
   * @return the square
   */
  public Picture stretched(int side) {
    return resized(side, side);
  }

  /**
   * Resizes each axis on its own.
   *
   * @param rows height of the result in pixels
   * @param columns width of the result in pixels
   * @return the resized picture
   */
  public Picture resized(int rows, int columns) {
    int height = size.height();
    int width = size.width();
    return height == rows && width == columns
        ? this
        : resampled(
            Resampling.of(height, 0, height, rows),
            Resampling.of(width, 0, width, columns),
            new ImageSize(rows, columns));
  }

  /**
   * Resizes so that pixels stay what they are: each becomes a block, or falls out.
   *
   * @param rows height of the result in pixels
   * @param columns width of the result in pixels
   * @return the resized picture
   */
  public Picture blocks(int rows, int columns) {
    return painted(
        rows, columns, (y, x) -> colour(y * size.height() / rows, x * size.width() / columns));
  }

  /**
   * Bright for dark.
   *
   * @return the negative
   */
  public Picture negative() {
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
