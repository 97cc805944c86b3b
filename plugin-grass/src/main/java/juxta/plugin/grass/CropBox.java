package juxta.plugin.grass;

/**
 * A part of a square view, in pixels.
 *
 * @param top first row
 * @param bottom the row after the last
 * @param left first column
 * @param right the column after the last
 */
record CropBox(int top, int bottom, int left, int right) {
  /** All of a view. */
  static CropBox whole(int side) {
    return new CropBox(0, side, 0, side);
  }

  /** The smallest box that holds both. */
  CropBox with(CropBox other) {
    return new CropBox(
        Math.min(top, other.top),
        Math.max(bottom, other.bottom),
        Math.min(left, other.left),
        Math.max(right, other.right));
  }

  boolean holds(int y, int x) {
    return y >= top && y < bottom && x >= left && x < right;
  }
}
