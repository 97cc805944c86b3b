package juxta.plugin.datasets;

/**
 * A decoded colour picture.
 *
 * @param size height and width
 * @param rgb bytes in the order [height, width, 3]
 */
record Picture(ImageSize size, byte[] rgb) {
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
        Resampling.of(height, top, shorter, side), Resampling.of(width, left, shorter, side), side);
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
            Resampling.of(height, 0, height, side), Resampling.of(width, 0, width, side), side);
  }

  private Picture resampled(Resampling rows, Resampling columns, int side) {
    int height = size.height();
    int width = size.width();
    float[] narrow = new float[height * side * 3]; // [height, side, 3]
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < side; x++) {
        for (int c = 0; c < 3; c++) {
          float sum = 0;
          for (int k = 0; k < columns.taps(x); k++) {
            int from = columns.first(x) + k;
            sum += columns.weight(x, k) * (rgb[(y * width + from) * 3 + c] & 0xFF);
          }
          narrow[(y * side + x) * 3 + c] = sum;
        }
      }
    }
    byte[] result = new byte[side * side * 3];
    int row = side * 3;
    for (int y = 0; y < side; y++) {
      for (int i = 0; i < row; i++) {
        float sum = 0;
        for (int k = 0; k < rows.taps(y); k++) {
          sum += rows.weight(y, k) * narrow[(rows.first(y) + k) * row + i];
        }
        result[y * row + i] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
      }
    }
    return new Picture(new ImageSize(side, side), result);
  }
}
