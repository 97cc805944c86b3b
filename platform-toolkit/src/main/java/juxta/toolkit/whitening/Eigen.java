package juxta.toolkit.whitening;

import java.util.List;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, largest value first. A vector's sign is such
 * that its largest element is positive.
 */
final class Eigen {
  private final int n;
  private final double[] values; // ascending
  private final double[] vectors; // column i belongs to value i

  private Eigen(int n, double[] values, double[] vectors) {
    this.n = n;
    this.values = values;
    this.vectors = vectors;
  }

  static Eigen of(double[] symmetric, int n) {
    List<double[]> found =
        Dense.run(
            (tf, in) -> {
              var eig = tf.linalg.selfAdjointEig(in.get(0));
              return List.of(eig.e(), eig.v());
            },
            new Dense.Doubles(symmetric, n, n));
    double[] vectors = found.get(1);
    for (int column = 0; column < n; column++) {
      double largest = 0;
      for (int row = 0; row < n; row++) {
        double x = vectors[row * n + column];
        largest = Math.abs(x) > Math.abs(largest) ? x : largest;
      }
      for (int row = 0; row < n && largest < 0; row++) {
        vectors[row * n + column] *= -1;
      }
    }
    return new Eigen(n, found.get(0), vectors);
  }

  int size() {
    return n;
  }

  /** The i-th largest eigenvalue. */
  double value(int i) {
    return values[n - 1 - i];
  }

  /** An element of its eigenvector. */
  double vector(int i, int row) {
    return vectors[row * n + n - 1 - i];
  }

  /** v_i' m for a matrix of the same size. */
  double[] times(int i, double[] m) {
    double[] product = new double[n];
    for (int row = 0; row < n; row++) {
      double x = vector(i, row);
      for (int column = 0; column < n; column++) {
        product[column] += x * m[row * n + column];
      }
    }
    return product;
  }
}
