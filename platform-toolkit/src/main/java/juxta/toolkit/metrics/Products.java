package juxta.toolkit.metrics;

import juxta.api.Matrix;

/**
 * Dot products of rows with all rows of a bank. The bank is kept transposed in tiles that fit a
 * core's cache, so that the inner loop runs over neighbouring floats and is vectorised. Sums are
 * always formed in the same order.
 */
final class Products {
  private static final int TILE = 512;

  private final int rows;
  private final int columns;
  private final float[][] tiles;

  Products(Matrix bank) {
    rows = bank.rows();
    columns = bank.columns();
    tiles = new float[(rows + TILE - 1) / TILE][];
    for (int t = 0; t < tiles.length; t++) {
      int width = Math.min(TILE, rows - t * TILE);
      float[] tile = new float[columns * width];
      for (int r = 0; r < width; r++) {
        int from = (t * TILE + r) * columns;
        for (int d = 0; d < columns; d++) {
          tile[d * width + r] = bank.values()[from + d];
        }
      }
      tiles[t] = tile;
    }
  }

  /**
   * Dot products of some queries.
   *
   * @param queries as many columns as the bank
   * @param from first query
   * @param to the query after the last one
   * @return for each query the products with all rows of the bank
   */
  float[][] of(Matrix queries, int from, int to) {
    float[][] all = new float[to - from][rows];
    for (int t = 0; t < tiles.length; t++) {
      int start = t * TILE;
      int width = Math.min(TILE, rows - start);
      float[] sums = new float[width];
      for (int i = from; i < to; i++) {
        java.util.Arrays.fill(sums, 0);
        accumulate(queries.values(), i * columns, tiles[t], sums);
        System.arraycopy(sums, 0, all[i - from], start, width);
      }
    }
    return all;
  }

  private void accumulate(float[] query, int offset, float[] tile, float[] sums) {
    int width = sums.length;
    int d = 0;
    for (; d + 3 < columns; d += 4) {
      float q0 = query[offset + d];
      float q1 = query[offset + d + 1];
      float q2 = query[offset + d + 2];
      float q3 = query[offset + d + 3];
      int at = d * width;
      for (int j = 0; j < width; j++) {
        sums[j] +=
            q0 * tile[at + j]
                + q1 * tile[at + width + j]
                + q2 * tile[at + 2 * width + j]
                + q3 * tile[at + 3 * width + j];
      }
    }
    for (; d < columns; d++) {
      float q = query[offset + d];
      int at = d * width;
      for (int j = 0; j < width; j++) {
        sums[j] += q * tile[at + j];
      }
    }
  }
}
