package juxta.toolkit.whitening;

/** The Cholesky factor of a symmetric matrix, inverted. */
final class Cholesky {
  private static final double FIRST = 1e-10;
  private static final int ATTEMPTS = 40;

  private Cholesky() {}

  /**
   * P of {@code P a P' = I}. If the matrix is not positive definite, 1e-10 is added to its
   * diagonal, then ten times as much, until it is.
   *
   * @param a [n, n], row-major
   * @param n rows
   * @return [n, n], lower triangular
   * @throws ArithmeticException if nothing helps
   */
  static double[] inverseFactor(double[] a, int n) {
    double added = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double[] factor = a.clone();
      for (int i = 0; i < n; i++) {
        factor[i * n + i] += added;
      }
      if (factorize(factor, n)) {
        return inverse(factor, n);
      }
      added = added == 0 ? FIRST : 10 * added;
    }
    throw new ArithmeticException("no positive definite matrix");
  }

  /** Replaces the lower triangle by L of a = L L'; false if that is not possible. */
  private static boolean factorize(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= a[i * n + k] * a[j * n + k];
        }
        if (i == j) {
          if (!(sum > 0)) {
            return false;
          }
          a[i * n + i] = Math.sqrt(sum);
        } else {
          a[i * n + j] = sum / a[j * n + j];
        }
      }
    }
    return true;
  }

  private static double[] inverse(double[] l, int n) {
    double[] p = new double[n * n];
    for (int i = 0; i < n; i++) {
      // row i of P: (e_i - sum_k<i l_ik P_k) / l_ii
      for (int k = 0; k < i; k++) {
        double factor = l[i * n + k];
        for (int j = 0; j <= k; j++) {
          p[i * n + j] -= factor * p[k * n + j];
        }
      }
      p[i * n + i] = 1;
      for (int j = 0; j <= i; j++) {
        p[i * n + j] /= l[i * n + i];
      }
    }
    return p;
  }
}
