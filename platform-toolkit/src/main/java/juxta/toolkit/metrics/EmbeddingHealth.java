package juxta.toolkit.metrics;

import juxta.api.Matrix;

/**
 * Whether embeddings have collapsed.
 *
 * @param deviation mean over the dimensions of the standard deviation of the unit embeddings; 0
 *     when all are equal
 * @param evenDeviation what it is for embeddings spread evenly over the sphere, 1 / sqrt(D) (<a
 *     href="https://arxiv.org/abs/2011.10566">Chen and He 2021</a>, section 4.1)
 * @param effectiveRank exp of the entropy of the normalised singular values of the centred unit
 *     embeddings, from 1 to min(N, D) (Roy and Vetterli 2007); 0 when all are equal
 */
public record EmbeddingHealth(double deviation, double evenDeviation, double effectiveRank) {
  /**
   * Measures embeddings. Time grows with the cube of min(N, D): a few thousand rows are enough.
   *
   * @param embeddings [N, D], of any length
   * @return the measures
   */
  public static EmbeddingHealth of(Matrix embeddings) {
    int n = embeddings.rows();
    int d = embeddings.columns();
    double[][] centred = centred(Rows.unit(embeddings));
    double deviation = 0;
    for (int c = 0; c < d; c++) {
      double square = 0;
      for (double[] row : centred) {
        square += row[c] * row[c];
      }
      deviation += Math.sqrt(square / n) / d;
    }
    double[] eigenvalues = SymmetricEigenvalues.of(d <= n ? inner(centred, d) : outer(centred));
    return new EmbeddingHealth(deviation, 1 / Math.sqrt(d), effectiveRank(eigenvalues));
  }

  /** From the squares of singular values. */
  private static double effectiveRank(double[] squares) {
    double largest = 0;
    for (double square : squares) {
      largest = Math.max(largest, square);
    }
    if (largest < 1e-12) { // rounding of unit rows that are all equal
      return 0;
    }
    double sum = 0;
    for (double square : squares) {
      sum += Math.sqrt(Math.max(0, square));
    }
    double entropy = 0;
    for (double square : squares) {
      double p = Math.sqrt(Math.max(0, square)) / sum;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return Math.exp(entropy);
  }

  private static double[][] centred(Matrix matrix) {
    int n = matrix.rows();
    int d = matrix.columns();
    double[][] rows = new double[n][d];
    for (int c = 0; c < d; c++) {
      double mean = 0;
      for (int r = 0; r < n; r++) {
        mean += matrix.at(r, c) / (double) n;
      }
      for (int r = 0; r < n; r++) {
        rows[r][c] = matrix.at(r, c) - mean;
      }
    }
    return rows;
  }

  private static double[][] inner(double[][] rows, int d) {
    double[][] product = new double[d][d];
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        double factor = row[i];
        double[] target = product[i];
        for (int j = 0; j < d; j++) {
          target[j] += factor * row[j];
        }
      }
    }
    return product;
  }

  private static double[][] outer(double[][] rows) {
    int n = rows.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int c = 0; c < rows[i].length; c++) {
          sum += rows[i][c] * rows[j][c];
        }
        product[i][j] = sum;
        product[j][i] = sum;
      }
    }
    return product;
  }
}
