package juxta.plugin.baselines.projection;

import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.algebra.Dense;

/**
 * Dot products of all pairs of centred points, from which principal axes and distances follow. Sums
 * run in the order of the dimensions, so that the result is the same whatever the threads.
 *
 * @param size N
 * @param products [N, N], row-major, symmetric
 */
record Gram(int size, double[] products) {
  static Gram of(Matrix points) {
    return of(centred(points));
  }

  /** Of the rows of any matrix. */
  static Gram of(Dense rows) {
    int n = rows.rows();
    int d = rows.columns();
    double[] products = new double[Math.multiplyExact(n, n)];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j <= i; j++) {
                products[i * n + j] = dot(rows.values(), i * d, j * d, d);
              }
            });
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        products[i * n + j] = products[j * n + i];
      }
    }
    return new Gram(n, products);
  }

  /** The points without their mean, [N, D]. */
  static Dense centred(Matrix points) {
    int d = points.columns();
    double[] mean = new double[d];
    double[] centred = new double[points.values().length];
    for (int i = 0; i < centred.length; i++) {
      mean[i % d] += points.values()[i] / (double) points.rows();
    }
    for (int i = 0; i < centred.length; i++) {
      centred[i] = points.values()[i] - mean[i % d];
    }
    return new Dense(points.rows(), d, centred);
  }

  /** Four sums side by side, which a processor adds up faster than one. */
  private static double dot(double[] x, int a, int b, int d) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= d; j += 4) {
      s0 += x[a + j] * x[b + j];
      s1 += x[a + j + 1] * x[b + j + 1];
      s2 += x[a + j + 2] * x[b + j + 2];
      s3 += x[a + j + 3] * x[b + j + 3];
    }
    for (; j < d; j++) {
      s0 += x[a + j] * x[b + j];
    }
    return s0 + s1 + s2 + s3;
  }

  /** As a matrix. */
  Dense dense() {
    return new Dense(size, size, products);
  }

  double at(int i, int j) {
    return products[i * size + j];
  }

  /** Square of the distance of two points. */
  double square(int i, int j) {
    return Math.max(0, at(i, i) + at(j, j) - 2 * at(i, j));
  }
}
