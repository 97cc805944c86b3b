package juxta.plugin.iir;

import juxta.api.Matrix;
import juxta.toolkit.algebra.Dense;

/** Means of descriptors, and products about them. */
final class DescriptorMoments {
  private DescriptorMoments() {}

  /** Means of the columns. */
  static double[] mean(Matrix x) {
    double[] mean = new double[x.columns()];
    for (int row = 0; row < x.rows(); row++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += x.at(row, i) / (double) x.rows();
      }
    }
    return mean;
  }

  /** Rows without their mean. */
  static Dense centred(Matrix x, double[] mean) {
    double[] centred = new double[x.values().length];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = x.values()[i] - mean[i % mean.length];
    }
    return new Dense(x.rows(), x.columns(), centred);
  }

  /** (x - mean)' (x - mean) / (N - 1), [D, D]. */
  static Dense covariance(Matrix x, double[] mean) {
    Dense centred = centred(x, mean);
    return centred.transposedTimes(centred).scaled(1.0 / (x.rows() - 1));
  }

  /** x' x / N, [D, D]. */
  static Dense scatter(Dense x) {
    return x.transposedTimes(x).scaled(1.0 / x.rows());
  }

  /** Rows x_a - x_b. */
  static Dense difference(Matrix x, int[] a, int[] b) {
    int d = x.columns();
    double[] difference = new double[Math.multiplyExact(a.length, d)];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < d; j++) {
        difference[i * d + j] = (double) x.at(a[i], j) - x.at(b[i], j);
      }
    }
    return new Dense(a.length, d, difference);
  }
}
