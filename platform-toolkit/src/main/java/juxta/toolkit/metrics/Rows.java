package juxta.toolkit.metrics;

import java.util.Arrays;
import juxta.api.Matrix;

/** Small operations on matrices of row vectors. */
public final class Rows {
  private Rows() {}

  /**
   * Rows divided by their norm; rows shorter than 1e-12 are divided by that.
   *
   * @param matrix any matrix
   * @return a new matrix
   */
  public static Matrix unit(Matrix matrix) {
    float[] values = matrix.values().clone();
    int width = matrix.columns();
    for (int row = 0; row < matrix.rows(); row++) {
      double square = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        square += (double) values[i] * values[i];
      }
      double norm = Math.max(Math.sqrt(square), 1e-12);
      for (int i = row * width; i < (row + 1) * width; i++) {
        values[i] = (float) (values[i] / norm);
      }
    }
    return new Matrix(matrix.rows(), width, values);
  }

  /**
   * Some rows in a given order.
   *
   * @param matrix any matrix
   * @param rows indices of rows
   * @return a new matrix
   */
  public static Matrix pick(Matrix matrix, int... rows) {
    int width = matrix.columns();
    float[] values = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(matrix.values(), rows[i] * width, values, i * width, width);
    }
    return new Matrix(rows.length, width, values);
  }

  /**
   * A stretch of rows.
   *
   * @param matrix any matrix
   * @param from first row
   * @param to the row after the last one
   * @return a new matrix
   */
  public static Matrix slice(Matrix matrix, int from, int to) {
    int width = matrix.columns();
    return new Matrix(
        to - from, width, Arrays.copyOfRange(matrix.values(), from * width, to * width));
  }
}
