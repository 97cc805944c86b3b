package juxta.toolkit.algebra;

/**
 * Eigenvalues and unit eigenvectors of a symmetric matrix.
 *
 * @param values [n], largest first
 * @param vectors [n, n]; column i belongs to value i, and its largest element is positive
 */
public record SymmetricEigen(double[] values, Dense vectors) {
  /**
   * Keeps values and vectors.
   *
   * @param values see the record; not copied
   * @param vectors see the record
   */
  public SymmetricEigen {}

  /** Of values in rising order, with their vectors in the columns of a matrix. */
  static SymmetricEigen ofAscending(double[] values, double[] columns) {
    int n = values.length;
    double[] falling = new double[n];
    double[] vectors = new double[n * n];
    for (int i = 0; i < n; i++) {
      int column = n - 1 - i;
      falling[i] = values[column];
      double largest = 0;
      for (int j = 0; j < n; j++) {
        double x = columns[j * n + column];
        largest = Math.abs(x) > Math.abs(largest) ? x : largest;
      }
      for (int j = 0; j < n; j++) {
        vectors[j * n + i] = Math.copySign(1, largest) * columns[j * n + column];
      }
    }
    return new SymmetricEigen(falling, new Dense(n, n, vectors));
  }
}
