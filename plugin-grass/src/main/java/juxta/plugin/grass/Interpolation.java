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
    int height = rows.high[rows.high.length - 1] + 1;
    int width = columns.low.length;
    float[] wide = new float[height * width]; // each row of the map as wide as the pixels
    for (int row = 0; row < height; row++) {
      for (int x = 0; x < width; x++) {
        float share = columns.share[x];
        wide[row * width + x] =
            (1 - share) * maps[from + row * cells + columns.low[x]]
                + share * maps[from + row * cells + columns.high[x]];
      }
    }
    float[] large = new float[rows.low.length * width];
    for (int y = 0; y < rows.low.length; y++) {
      blend(
          wide, rows.low[y] * width, rows.high[y] * width, rows.share[y], large, y * width, width);
    }
    return large;
  }

  /** A row between two; a loop that the compiler makes vector instructions of. */
  private static void blend(
      float[] wide, int upper, int lower, float share, float[] large, int to, int width) {
    for (int x = 0; x < width; x++) {
      large[to + x] = (1 - share) * wide[upper + x] + share * wide[lower + x];
    }
  }
}
