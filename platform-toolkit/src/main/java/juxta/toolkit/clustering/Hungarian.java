package juxta.toolkit.clustering;

import java.util.Arrays;

/**
 * The best one-to-one matching of rows and columns (Kuhn 1955), by shortest augmenting paths with
 * potentials; time grows with the cube of the larger side.
 */
public final class Hungarian {
  private Hungarian() {}

  /**
   * Finds the matching with the most weight.
   *
   * @param weights [rows][columns], 0 or more; need not be square
   * @return for each row its column, -1 if it is left over
   */
  public static int[] mostWeight(long[][] weights) {
    int rows = weights.length;
    int columns = rows == 0 ? 0 : weights[0].length;
    int n = Math.max(rows, columns);
    // Padded with zeros to a square, one-based as the algorithm is; costs are negative weights.
    long[] rowPotential = new long[n + 1];
    long[] columnPotential = new long[n + 1];
    int[] rowOf = new int[n + 1]; // of each column; 0: none
    int[] before = new int[n + 1]; // the column before on the shortest path
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      long[] slack = new long[n + 1];
      boolean[] reached = new boolean[n + 1];
      Arrays.fill(slack, Long.MAX_VALUE);
      do {
        reached[column] = true;
        int from = rowOf[column];
        int next = 0;
        for (int j = 1; j <= n; j++) {
          if (reached[j]) {
            continue;
          }
          long weight = from <= rows && j <= columns ? weights[from - 1][j - 1] : 0;
          long left = -weight - rowPotential[from] - columnPotential[j];
          if (left < slack[j]) {
            slack[j] = left;
            before[j] = column;
          }
          if (next == 0 || slack[j] < slack[next]) {
            next = j;
          }
        }
        long step = slack[next];
        for (int j = 0; j <= n; j++) {
          if (reached[j]) {
            rowPotential[rowOf[j]] += step;
            columnPotential[j] -= step;
          } else {
            slack[j] -= step;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) { // the path is turned over
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    int[] match = new int[rows];
    Arrays.fill(match, -1);
    for (int j = 1; j <= columns; j++) {
      if (rowOf[j] <= rows) {
        match[rowOf[j] - 1] = j - 1;
      }
    }
    return match;
  }
}
