package juxta.plugin.datasets;

/**
 * A part of a picture, in whole pixels.
 *
 * @param left first column
 * @param top first row
 * @param right the column behind the last
 * @param bottom the row behind the last
 */
record Box(int left, int top, int right, int bottom) {
  Box {
    if (left >= right || top >= bottom) {
      throw new IllegalArgumentException(
          "from (%d, %d) to (%d, %d) is no box".formatted(left, top, right, bottom));
    }
  }

  int width() {
    return right - left;
  }

  int height() {
    return bottom - top;
  }

  /** Whether any of it lies within a picture. */
  boolean meets(ImageSize size) {
    return left < size.width() && top < size.height() && right > 0 && bottom > 0;
  }

  /** The part within a picture, which it must meet. */
  Box inside(ImageSize size) {
    return new Box(
        Math.max(0, left),
        Math.max(0, top),
        Math.min(size.width(), right),
        Math.min(size.height(), bottom));
  }
}
