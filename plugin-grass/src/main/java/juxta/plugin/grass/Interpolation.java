package juxta.plugin.grass;

/**
 * Bilinear enlargement of one axis with half-pixel centres, as {@code
 * torch.nn.functional.interpolate} does without {@code align_corners}: pixel {@code i} lies between
 * two cells of the map.
 *
 * @param low the cell before each pixel
 * @param high the cell behind each pixel, or the same one at the edge
 * @param share how much of the value comes from the cell behind
 */
record Interpolation(int[] low, int[] high, float[] share) {
  /** From so many cells to so many pixels. */
  static Interpolation of(int cells, int pixels) {
    int[] low = new int[pixels];
    int[] high = new int[pixels];
    float[] share = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      float at = Math.max(0, (i + 0.5f) * cells / pixels - 0.5f);
      low[i] = Math.min((int) at, cells - 1);
      high[i] = Math.min(low[i] + 1, cells - 1);
      share[i] = at - low[i];
    }
    return new Interpolation(low, high, share);
  }

  /**
   * Enlarges a map.
   *
   * @param maps holds the map, row-major
   * @param from where it begins
   * @param rows its rows to the pixels'
   * @param columns its columns to the pixels'
   * @return the enlarged map, row-major
   */
  static float[] enlarge(float[] maps, int from, Interpolation rows, Interpolation columns) {
    int cells = columns.high[columns.high.length - 1] + 1;
    int width = columns.low.length;
    float[] large = new float[rows.low.length * width];
    for (int y = 0; y < rows.low.length; y++) {
      int upper = from + rows.low[y] * cells;
      int lower = from + rows.high[y] * cells;
      float down = rows.share[y];
      for (int x = 0; x < width; x++) {
        int left = columns.low[x];
        int right = columns.high[x];
        float along = columns.share[x];
        float above = (1 - along) * maps[upper + left] + along * maps[upper + right];
        float below = (1 - along) * maps[lower + left] + along * maps[lower + right];
        large[y * width + x] = (1 - down) * above + down * below;
      }
    }
    return large;
  }
}
