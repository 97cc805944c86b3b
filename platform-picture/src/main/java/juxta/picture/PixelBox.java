package juxta.picture;

/**
 * A part of a picture, in whole pixels.
 *
 * @param left first column
 * @param top first row
 * @param right the column behind the last
 * @param bottom the row behind the last
 */
public record PixelBox(int left, int top, int right, int bottom) {
  /**
   * Checks that there is a pixel in it.
   *
   * @param left see the record
   * @param top see the record
   * @param right see the record
   * @param bottom see the record
   * @throws IllegalArgumentException if there is none
   */
  public PixelBox {
    if (left >= right || top >= bottom) {
      throw new IllegalArgumentException(
          "from (%d, %d) to (%d, %d) is no box".formatted(left, top, right, bottom));
    }
  }

  /**
   * Its width.
   *
   * @return pixels
   */
  public int width() {
    return right - left;
  }

  /**
   * Its height.
   *
   * @return pixels
   */
  public int height() {
    return bottom - top;
  }

  /**
   * Whether any of it lies within a picture.
   *
   * @param size the picture's
   * @return true if a pixel of the picture is in the box
   */
  public boolean meets(ImageSize size) {
    return left < size.width() && top < size.height() && right > 0 && bottom > 0;
  }

  /** The part within a picture, which it must meet. */
  PixelBox inside(ImageSize size) {
    return new PixelBox(
        Math.max(0, left),
        Math.max(0, top),
        Math.min(size.width(), right),
        Math.min(size.height(), bottom));
  }
}
