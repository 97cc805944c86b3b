package juxta.plugin.iir;

import java.util.Optional;
import juxta.api.Matrix;
import juxta.toolkit.algebra.Dense;
import juxta.toolkit.algebra.SymmetricEigen;
import juxta.toolkit.metrics.Rows;

/**
 * A linear map that evens out how much descriptors vary along their directions, {@code x -> (x -
 * mean) projection}. Fit it on descriptors of training images only.
 *
 * @param mean [1, D]
 * @param projection [D, k]
 */
record Whitening(Matrix mean, Matrix projection) {
  /**
   * Eigenvalues below this share of the largest are rounding errors: their directions are dropped.
   */
  private static final double FLOOR = 1e-10;

  private static final double FIRST = 1e-10;
  private static final int ATTEMPTS = 40;

  /**
   * Checks.
   *
   * @param mean see the record
   * @param projection see the record
   */
  Whitening {
    if (mean.rows() != 1 || mean.columns() != projection.rows()) {
      throw new IllegalArgumentException(
          mean.rows() + " x " + mean.columns() + " is no mean for " + projection.rows());
    }
  }

  /**
   * Principal components divided by a power of their variance ({@code naver/deep-image-retrieval},
   * {@code utils/common.py}): columns are {@code u_i / variance_i^power}, largest variance first.
   * Variances are those of scikit-learn, divided by N - 1. Directions that the descriptors do not
   * span become columns of zeros.
   *
   * @param descriptors [N, D], N of 2 or more
   * @param power 0.5 for full whitening, 0 for rotation alone
   * @param components k, at most D
   * @return the whitening, [D, k]
   * @throws IllegalArgumentException if there are fewer than two descriptors, or too many
   *     components
   */
  static Whitening pca(Matrix descriptors, double power, int components) {
    int d = descriptors.columns();
    if (descriptors.rows() < 2 || components < 1 || components > d) {
      throw new IllegalArgumentException(
          descriptors.rows()
              + " descriptors of length "
              + d
              + " for "
              + components
              + " components");
    }
    double[] mean = DescriptorMoments.mean(descriptors);
    SymmetricEigen eigen = DescriptorMoments.covariance(descriptors, mean).eigen();
    return new Whitening(row(mean), projection(eigen, power, components));
  }

  private static Matrix projection(SymmetricEigen eigen, double power, int components) {
    int d = eigen.values().length;
    float[] projection = new float[d * components];
    double floor = FLOOR * eigen.values()[0];
    for (int i = 0; i < components; i++) {
      double variance = eigen.values()[i];
      double scale = variance > floor ? Math.pow(variance, -power) : 0;
      for (int row = 0; row < d; row++) {
        projection[row * components + i] = (float) (scale * eigen.vectors().at(row, i));
      }
    }
    return new Matrix(d, components, projection);
  }

  /**
   * Whitening learnt from pairs that match ({@code filipradenovic/cnnimageretrieval-pytorch},
   * {@code utils/whiten.py}): what differs between matching descriptors is evened out first, then
   * all are turned to their principal directions, largest variance first.
   *
   * @param descriptors [N, D]
   * @param queries one row of each pair
   * @param matches the other row, as many
   * @return the whitening, [D, D]
   * @throws IllegalArgumentException if there is no pair
   */
  static Whitening supervised(Matrix descriptors, int[] queries, int[] matches) {
    if (queries.length == 0 || queries.length != matches.length) {
      throw new IllegalArgumentException(queries.length + " and " + matches.length + " of pairs");
    }
    int d = descriptors.columns();
    double[] mean = DescriptorMoments.mean(Rows.pick(descriptors, queries));
    Dense p = // P1, lower triangular
        inverseFactor(
            DescriptorMoments.scatter(DescriptorMoments.difference(descriptors, queries, matches)));
    Dense turned =
        DescriptorMoments.centred(descriptors, mean).timesTransposed(p); // rows P1 (x - mean)
    Dense v = DescriptorMoments.scatter(turned).eigen().vectors();
    Dense projection = p.transposedTimes(v); // (V' P1)'
    float[] values = new float[d * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) projection.values()[i];
    }
    return new Whitening(row(mean), new Matrix(d, d, values));
  }

  /**
   * P of {@code P a P' = I}. If the matrix is not positive definite, 1e-10 is added to its
   * diagonal, then ten times as much, until it is.
   */
  private static Dense inverseFactor(Dense a) {
    double added = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double[] raised = a.values().clone();
      for (int i = 0; i < a.rows(); i++) {
        raised[i * a.rows() + i] += added;
      }
      Optional<Dense> factor = new Dense(a.rows(), a.rows(), raised).inverseCholesky();
      if (factor.isPresent()) {
        return factor.get();
      }
      added = added == 0 ? FIRST : 10 * added;
    }
    throw new ArithmeticException("no positive definite matrix");
  }

  /**
   * Whitens.
   *
   * @param descriptors [M, D]
   * @return [M, k], of any length
   */
  Matrix apply(Matrix descriptors) {
    int d = projection.rows();
    int k = projection.columns();
    float[] values = new float[Math.multiplyExact(descriptors.rows(), k)];
    double[] sum = new double[k];
    for (int row = 0; row < descriptors.rows(); row++) {
      java.util.Arrays.fill(sum, 0);
      for (int i = 0; i < d; i++) {
        double x = (double) descriptors.at(row, i) - mean.at(0, i);
        for (int j = 0; j < k; j++) {
          sum[j] += x * projection.values()[i * k + j];
        }
      }
      for (int j = 0; j < k; j++) {
        values[row * k + j] = (float) sum[j];
      }
    }
    return new Matrix(descriptors.rows(), k, values);
  }

  private static Matrix row(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Matrix(1, floats.length, floats);
  }
}
