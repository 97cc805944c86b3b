package juxta.plugin.baselines.methods;

import java.util.Map;

/** SimCLR's head and loss in plain Java. */
final class PlainNtXent {
  private PlainNtXent() {}

  static double[][] rows(float[] values, int columns) {
    double[][] rows = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      rows[i / columns][i % columns] = values[i];
    }
    return rows;
  }

  /** Linear, BN, ReLU, linear, BN with a scale. */
  static double[][] head(
      double[][] h, Map<String, float[]> weights, String at, int hidden, int out) {
    double[][] x = normalised(product(h, rows(weights.get(at + ".0.weight"), hidden)));
    for (double[] row : x) {
      for (int c = 0; c < hidden; c++) {
        row[c] =
            Math.max(0, row[c] * weights.get(at + ".1.weight")[c] + weights.get(at + ".1.bias")[c]);
      }
    }
    double[][] z = normalised(product(x, rows(weights.get(at + ".3.weight"), out)));
    for (double[] row : z) {
      for (int c = 0; c < out; c++) {
        row[c] *= weights.get(at + ".4.weight")[c];
      }
    }
    return z;
  }

  /** Equation 1 of the paper, the mean over 2B rows, view-major. */
  static double loss(double[][] z, double temperature) {
    int n = z.length;
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < n; k++) {
        sum += k == i ? 0 : Math.exp(cosine(z[i], z[k]) / temperature);
      }
      loss += (Math.log(sum) - cosine(z[i], z[(i + n / 2) % n]) / temperature) / n;
    }
    return loss;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[k].length; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] normalised(double[][] x) {
    double[][] y = new double[x.length][x[0].length];
    for (int c = 0; c < x[0].length; c++) {
      double mean = 0;
      double square = 0;
      for (double[] row : x) {
        mean += row[c] / x.length;
      }
      for (double[] row : x) {
        square += (row[c] - mean) * (row[c] - mean) / x.length;
      }
      for (int i = 0; i < x.length; i++) {
        y[i][c] = (x[i][c] - mean) / Math.sqrt(square + 1e-5);
      }
    }
    return y;
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      first += a[i] * a[i];
      second += b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }
}
