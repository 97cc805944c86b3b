package juxta.toolkit.projection;

import java.util.SplittableRandom;

/**
 * The two principal components of points, from the eigenvectors of their Gram matrix by subspace
 * iteration. An axis points to where its largest coordinate is positive.
 *
 * @param coordinates [N, 2]
 * @param shares share of the variance along each axis
 */
record PrincipalAxes(double[] coordinates, double[] shares) {
  private static final int MOST_ROUNDS = 300;

  /** Rounds end when no axis turns by more: 1 minus the cosine. */
  private static final double STILL = 1e-12;

  /** Iterated along with the two, so that these converge even where the third is nearly as long. */
  private static final int BESIDE = 4;

  static PrincipalAxes of(Gram gram) {
    int n = gram.size();
    int width = Math.min(n, 2 + BESIDE);
    double[][] vectors = new double[width][n];
    SplittableRandom random = new SplittableRandom(1);
    for (double[] vector : vectors) {
      for (int i = 0; i < n; i++) {
        vector[i] = random.nextDouble() - 0.5;
      }
    }
    double[] values = orthonormal(vectors);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[][] next = new double[width][];
      for (int v = 0; v < width; v++) {
        next[v] = times(gram, vectors[v]);
      }
      values = orthonormal(next);
      double turned = Math.max(turn(vectors[0], next[0]), turn(vectors[1], next[1]));
      vectors = next;
      if (turned < STILL) {
        break;
      }
    }
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += gram.at(i, i);
    }
    double[] coordinates = new double[2 * n];
    double[] shares = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      shares[axis] = total > 0 ? Math.min(1, values[axis] / total) : 0;
      double length = Math.sqrt(values[axis]) * sign(vectors[axis]);
      for (int i = 0; i < n; i++) {
        coordinates[2 * i + axis] = length * vectors[axis][i];
      }
    }
    return new PrincipalAxes(coordinates, shares);
  }

  private static double[] times(Gram gram, double[] x) {
    int n = gram.size();
    double[] product = new double[n];
    for (int i = 0; i < n; i++) {
      double along = x[i];
      for (int j = 0; j < n; j++) { // symmetric: row i is column i
        product[j] += along * gram.products()[i * n + j];
      }
    }
    return product;
  }

  /** Gram-Schmidt, twice for accuracy; returns the lengths that were left. */
  private static double[] orthonormal(double[][] vectors) {
    double[] lengths = new double[vectors.length];
    for (int v = 0; v < vectors.length; v++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int u = 0; u < v; u++) {
          double along = dot(vectors[u], vectors[v]);
          for (int i = 0; i < vectors[v].length; i++) {
            vectors[v][i] -= along * vectors[u][i];
          }
        }
      }
      lengths[v] = Math.sqrt(dot(vectors[v], vectors[v]));
      for (int i = 0; i < vectors[v].length; i++) {
        vectors[v][i] = lengths[v] > 0 ? vectors[v][i] / lengths[v] : 0;
      }
    }
    return lengths;
  }

  private static double turn(double[] before, double[] after) {
    return Math.max(0, 1 - Math.abs(dot(before, after)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double sign(double[] vector) {
    double largest = 0;
    for (double x : vector) {
      largest = Math.abs(x) > Math.abs(largest) ? x : largest;
    }
    return largest < 0 ? -1 : 1;
  }
}
