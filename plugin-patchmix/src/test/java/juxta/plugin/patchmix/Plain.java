package juxta.plugin.patchmix;

import java.util.function.Function;

/** The networks and the loss of the tests in plain Java. Matrices are [rows][columns]. */
final class Plain {
  private Plain() {}

  static double[][] rows(float[] values, int columns) {
    double[][] rows = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      rows[i / columns][i % columns] = values[i];
    }
    return rows;
  }

  /** The tiny encoder: images [B][H * H * 3] to embeddings [B][6]. */
  static double[][] encode(double[][] images, int side, Function<String, float[]> weights) {
    double[][] means = new double[images.length][12];
    for (int b = 0; b < images.length; b++) {
      for (int i = 0; i < images[b].length; i++) {
        int y = i / 3 / side;
        int x = i / 3 % side;
        int quarter = 2 * (2 * y / side) + 2 * x / side;
        means[b][3 * quarter + i % 3] += 4 * images[b][i] / (side * side);
      }
    }
    double[][] embeddings =
        product(means, rows(weights.apply("head.proj.weight"), TinyEncoder.WIDTH));
    float[] shift = weights.apply("shift");
    for (double[] row : embeddings) {
      for (int c = 0; c < row.length; c++) {
        row[c] += shift[c];
      }
    }
    return embeddings;
  }

  /** Linear, BN, ReLU; linear, BN, ReLU; … linear, BN. */
  static double[][] head(
      double[][] x, int layers, int hidden, int out, Function<String, float[]> weights) {
    double[][] y = x;
    for (int i = 0; i < layers; i++) {
      boolean last = i == layers - 1;
      y = normalise(product(y, rows(weights.apply(3 * i + ".weight"), last ? out : hidden)));
      if (!last) {
        float[] scale = weights.apply(3 * i + 1 + ".weight");
        float[] offset = weights.apply(3 * i + 1 + ".bias");
        for (double[] row : y) {
          for (int c = 0; c < row.length; c++) {
            row[c] = Math.max(0, row[c] * scale[c] + offset[c]);
          }
        }
      }
    }
    return y;
  }

  static double[][] product(double[][] a, double[][] b) {
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

  /** Batch normalisation with the statistics of the batch. */
  static double[][] normalise(double[][] x) {
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

  /** CE(q, k, W) with tau = 0.2. */
  static double crossEntropy(double[][] q, double[][] k, double[][] w) {
    double total = 0;
    for (int i = 0; i < q.length; i++) {
      double[] logits = new double[k.length];
      double sum = 0;
      for (int c = 0; c < k.length; c++) {
        logits[c] = cosine(q[i], k[c]) / 0.2;
        sum += Math.exp(logits[c]);
      }
      for (int c = 0; c < k.length; c++) {
        total -= w[i][c] * (logits[c] - Math.log(sum)) / q.length;
      }
    }
    return total;
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

  /** The targets of the paper: M = 1 gives the identity. */
  static double[][] mixToOne(int batch, int images) {
    double[][] w = new double[batch][batch];
    for (int g = 0; g < batch; g++) {
      for (int j = 0; j < images; j++) {
        w[g][(g + j) % batch] = 1.0 / images;
      }
    }
    return w;
  }

  /** By the closed form (M - |d|) / M^2, right where B is 2M - 1 or more. */
  static double[][] mixToMix(int batch, int images) {
    double[][] w = new double[batch][batch];
    for (int g = 0; g < batch; g++) {
      for (int d = 1 - images; d < images; d++) {
        w[g][Math.floorMod(g + d, batch)] = (images - Math.abs(d)) / (double) (images * images);
      }
    }
    return w;
  }
}
