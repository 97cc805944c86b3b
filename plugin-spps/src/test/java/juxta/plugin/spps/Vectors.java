package juxta.plugin.spps;

import java.util.Random;
import juxta.api.Matrix;

/** Features made for a purpose. */
final class Vectors {
  private Vectors() {}

  static Matrix random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Matrix(rows, columns, values);
  }

  /**
   * Row i belongs to cluster i mod clusters; cosines are 0.98 within and 0.3 between clusters. An
   * axis is common to all, one is common to each cluster, one is each row's own.
   */
  static Matrix clusters(int rows, int clusters) {
    int columns = 1 + clusters + rows;
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      values[i * columns] = (float) Math.sqrt(0.3);
      values[i * columns + 1 + i % clusters] = (float) Math.sqrt(0.68);
      values[i * columns + 1 + clusters + i] = (float) Math.sqrt(0.02);
    }
    return new Matrix(rows, columns, values);
  }

  /** Rows in another order: row i of the result is row order[i]. */
  static Matrix permuted(Matrix m, int[] order) {
    float[] values = new float[m.values().length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(m.row(order[i]), 0, values, i * m.columns(), m.columns());
    }
    return new Matrix(m.rows(), m.columns(), values);
  }

  static Matrix times(Matrix m, float factor) {
    float[] values = m.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return new Matrix(m.rows(), m.columns(), values);
  }
}
