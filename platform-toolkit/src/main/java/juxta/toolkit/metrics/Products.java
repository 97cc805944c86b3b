package juxta.toolkit.metrics;

import juxta.api.Matrix;

/**
 * Dot products of rows with all rows of a bank. The bank is kept transposed in tiles that fit a
 * core's cache, so that the inner loop runs over neighbouring floats. Java's compiler vectorises it
 * because all arrays are indexed by the loop variable alone. Sums are always formed in the same
 * order.
 */
final class Products {
  private static final int TILE = 256;

  private final int rows;
  private final int columns;
  private final float[][][] tiles; // [tiles][columns][rows of the tile]

  Products(Matrix bank) {
    rows = bank.rows();
    columns = bank.columns();
    tiles = new float[(rows + TILE - 1) / TILE][][];
    for (int t = 0; t < tiles.length; t++) {
      int width = Math.min(TILE, rows - t * TILE);
      float[][] tile = new float[columns][width];
      for (int r = 0; r < width; r++) {
        int from = (t * TILE + r) * columns;
        for (int d = 0; d < columns; d++) {
          tile[d][r] = bank.values()[from + d];
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

  private void accumulate(float[] query, int offset, float[][] tile, float[] sums) {
    int d = 0;
    for (; d + 7 < columns; d += 8) {
      eight(query, offset + d, tile, d, sums);
    }
    for (; d < columns; d++) {
      one(query[offset + d], tile[d], sums);
    }
  }

  private static void eight(float[] query, int at, float[][] tile, int d, float[] sums) {
    float q0 = query[at];
    float q1 = query[at + 1];
    float q2 = query[at + 2];
    float q3 = query[at + 3];
    float q4 = query[at + 4];
    float q5 = query[at + 5];
    float q6 = query[at + 6];
    float q7 = query[at + 7];
    float[] t0 = tile[d];
    float[] t1 = tile[d + 1];
    float[] t2 = tile[d + 2];
    float[] t3 = tile[d + 3];
    float[] t4 = tile[d + 4];
    float[] t5 = tile[d + 5];
    float[] t6 = tile[d + 6];
    float[] t7 = tile[d + 7];
    for (int j = 0; j < sums.length; j++) {
      sums[j] +=
          q0 * t0[j]
              + q1 * t1[j]
              + q2 * t2[j]
              + q3 * t3[j]
              + q4 * t4[j]
              + q5 * t5[j]
              + q6 * t6[j]
              + q7 * t7[j];
    }
  }

  private static void one(float q, float[] t, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += q * t[j];
    }
  }
}
