package juxta.plugin.baselines.projection;

import juxta.api.Matrix;
import juxta.toolkit.algebra.Dense;
import juxta.toolkit.algebra.SymmetricEigen;

/**
 * The two principal components of points. An axis points to where its largest coordinate is
 * positive.
 *
 * @param coordinates [N, 2]
 * @param shares share of the variance along each axis
 */
record PrincipalAxes(double[] coordinates, double[] shares) {
  /**
   * From the eigenvectors of the covariance X'X or of the Gram matrix XX', whichever is smaller:
   * they have the same eigenvalues, and X v is sqrt(value) u.
   */
  static PrincipalAxes of(Matrix points, Gram gram) {
    Dense x = Gram.centred(points); // [N, D]
    int n = x.rows();
    int d = x.columns();
    boolean covariance = d >= 2 && d < n;
    SymmetricEigen eigen = (covariance ? Gram.of(transposed(x)) : gram).dense().eigen();
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += gram.at(i, i);
    }
    double[] coordinates = new double[2 * n];
    double[] shares = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      double value = Math.max(0, eigen.values()[axis]);
      shares[axis] = total > 0 ? Math.min(1, value / total) : 0;
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double along = 0;
        for (int j = 0; covariance && j < d; j++) {
          along += x.at(i, j) * eigen.vectors().at(j, axis);
        }
        coordinates[2 * i + axis] =
            covariance ? along : Math.sqrt(value) * eigen.vectors().at(i, axis);
        largest =
            Math.abs(coordinates[2 * i + axis]) > Math.abs(largest)
                ? coordinates[2 * i + axis]
                : largest;
      }
      for (int i = 0; i < n && largest < 0; i++) {
        coordinates[2 * i + axis] *= -1;
      }
    }
    return new PrincipalAxes(coordinates, shares);
  }

  private static Dense transposed(Dense x) {
    double[] values = new double[x.values().length];
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        values[j * x.rows() + i] = x.at(i, j);
      }
    }
    return new Dense(x.columns(), x.rows(), values);
  }
}
