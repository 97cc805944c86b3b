package juxta.toolkit.metrics;

/**
 * Eigenvalues of symmetric matrices: Householder's reduction to three diagonals, then QL steps with
 * implicit shifts (Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.5).
 */
final class SymmetricEigenvalues {
  private static final int MOST_STEPS = 60;

  private SymmetricEigenvalues() {}

  /**
   * All eigenvalues, in no particular order.
   *
   * @param a a symmetric matrix; destroyed
   * @return as many numbers as rows
   */
  static double[] of(double[][] a) {
    int n = a.length;
    double[] beside = new double[n]; // beside[i] couples i and i + 1
    for (int k = 0; k < n - 2; k++) {
      beside[k] = reflect(a, k);
    }
    if (n > 1) {
      beside[n - 2] = a[n - 1][n - 2];
    }
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = a[i][i];
    }
    iterate(diagonal, beside);
    return diagonal;
  }

  /** Makes column k zero below its second element by a <- H a H; returns that element. */
  private static double reflect(double[][] a, int k) {
    int n = a.length;
    double[] v = new double[n];
    double square = 0;
    for (int i = k + 1; i < n; i++) {
      v[i] = a[i][k];
      square += v[i] * v[i];
    }
    double norm = Math.sqrt(square);
    if (norm == 0) {
      return 0;
    }
    double head = v[k + 1] > 0 ? -norm : norm;
    double length = square - v[k + 1] * head; // |v|^2 / 2 of the vector that follows
    v[k + 1] -= head;
    double[] p = new double[n];
    double along = 0;
    for (int i = k + 1; i < n; i++) {
      double sum = 0;
      for (int j = k + 1; j < n; j++) {
        sum += a[i][j] * v[j];
      }
      p[i] = sum / length;
      along += p[i] * v[i];
    }
    double half = along / (2 * length);
    for (int i = k + 1; i < n; i++) {
      p[i] -= half * v[i];
    }
    for (int i = k + 1; i < n; i++) {
      double vi = v[i];
      double pi = p[i];
      double[] row = a[i];
      for (int j = k + 1; j < n; j++) {
        row[j] -= vi * p[j] + pi * v[j];
      }
    }
    return head;
  }

  private static void iterate(double[] d, double[] e) {
    int n = d.length;
    for (int low = 0; low < n; low++) {
      for (int step = 0; ; step++) {
        int high = low; // the block from low to high hangs together
        while (high < n - 1
            && Math.abs(e[high]) > Math.ulp(1.0) * (Math.abs(d[high]) + Math.abs(d[high + 1]))) {
          high++;
        }
        if (high == low) {
          break;
        }
        if (step == MOST_STEPS) {
          throw new ArithmeticException("eigenvalues do not converge");
        }
        sweep(d, e, low, high);
      }
    }
  }

  /** One QL step with Wilkinson's shift on the block from low to high. */
  private static void sweep(double[] d, double[] e, int low, int high) {
    double g = (d[low + 1] - d[low]) / (2 * e[low]);
    double r = Math.hypot(g, 1);
    g = d[high] - d[low] + e[low] / (g + Math.copySign(r, g));
    double s = 1;
    double c = 1;
    double p = 0;
    for (int i = high - 1; i >= low; i--) {
      double f = s * e[i];
      double b = c * e[i];
      r = Math.hypot(f, g);
      e[i + 1] = r;
      if (r == 0) { // the block falls apart here
        d[i + 1] -= p;
        e[high] = 0;
        return;
      }
      s = f / r;
      c = g / r;
      g = d[i + 1] - p;
      r = (d[i] - g) * s + 2 * c * b;
      p = s * r;
      d[i + 1] = g + p;
      g = c * r - b;
    }
    d[low] -= p;
    e[low] = g;
    e[high] = 0;
  }
}
