package juxta.plugin.multinet;

import java.util.function.Function;
import java.util.stream.Stream;

/** The networks and the losses in plain Java. Matrices are [rows][columns]. */
final class Plain {
  private Plain() {}

  static double[][] rows(float[] values, int columns) {
    double[][] rows = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      rows[i / columns][i % columns] = values[i];
    }
    return rows;
  }

  /** The tiny encoder: images [B][H * H * 3] to features [B][6]. */
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
    return product(
        means, rows(weights.apply("head.proj.weight"), TinyEncoder.WIDTH), weights.apply("shift"));
  }

  /** g. */
  static double[][] project(double[][] h, Function<String, float[]> weights) {
    double[][] first = relu(normal(linear(h, "0", weights), "1", weights));
    double[][] second = relu(normal(linear(first, "3", weights), "4", weights));
    return normal(linear(second, "6", weights), "7", weights);
  }

  /** q. */
  static double[][] predict(double[][] z, Function<String, float[]> weights) {
    return linear(relu(normal(linear(z, "0", weights), "1", weights)), "3", weights);
  }

  private static double[][] linear(double[][] x, String at, Function<String, float[]> weights) {
    float[] bias = weights.apply(at + ".bias");
    return product(x, rows(weights.apply(at + ".weight"), bias.length), bias);
  }

  private static double[][] product(double[][] a, double[][] b, float[] bias) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < bias.length; j++) {
        product[i][j] = bias[j];
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] normal(double[][] x, String at, Function<String, float[]> weights) {
    float[] scale = weights.apply(at + ".weight");
    float[] offset = weights.apply(at + ".bias");
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
        y[i][c] = (x[i][c] - mean) / Math.sqrt(square + 1e-5) * scale[c] + offset[c];
      }
    }
    return y;
  }

  private static double[][] relu(double[][] x) {
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      y[i] = java.util.Arrays.stream(x[i]).map(v -> Math.max(0, v)).toArray();
    }
    return y;
  }

  /** The quarter of images [B][H * H * 3] at a column and a row of the grid. */
  static double[][] quarter(double[][] images, int side, int column, int row) {
    int half = side / 2;
    double[][] quarter = new double[images.length][half * half * 3];
    for (int b = 0; b < images.length; b++) {
      for (int i = 0; i < half * half * 3; i++) {
        int y = i / 3 / half + row * half;
        int x = i / 3 % half + column * half;
        quarter[b][i] = images[b][3 * (y * side + x) + i % 3];
      }
    }
    return quarter;
  }

  static double[][] mean(double[][] a, double[][] b) {
    double[][] mean = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int c = 0; c < a[i].length; c++) {
        mean[i][c] = (a[i][c] + b[i][c]) / 2;
      }
    }
    return mean;
  }

  /** For each row of u the row of the queue of the largest cosine. */
  static double[][] nearest(double[][] u, double[][] queue) {
    double[][] found = new double[u.length][];
    for (int i = 0; i < u.length; i++) {
      double best = -2;
      for (double[] row : queue) {
        if (cosine(u[i], row) > best) {
          best = cosine(u[i], row);
          found[i] = row;
        }
      }
    }
    return found;
  }

  /** Mean over i of -log softmax_k(cos(p_i, c_k))[k = i]. */
  static double infoNce(double[][] p, double[][] c) {
    double total = 0;
    for (int i = 0; i < p.length; i++) {
      double sum = 0;
      for (double[] key : c) {
        sum += Math.exp(cosine(p[i], key));
      }
      total += (Math.log(sum) - cosine(p[i], c[i])) / p.length;
    }
    return total;
  }

  /** SimCLR's loss of two views at temperature 1. */
  static double ntx(double[][] a, double[][] b) {
    double[][] all = Stream.of(a, b).flatMap(Stream::of).toArray(double[][]::new);
    double total = 0;
    for (int i = 0; i < all.length; i++) {
      double sum = 0;
      for (int k = 0; k < all.length; k++) {
        sum += k == i ? 0 : Math.exp(cosine(all[i], all[k]));
      }
      double positive = cosine(all[i], all[(i + a.length) % all.length]);
      total += (Math.log(sum) - positive) / all.length;
    }
    return total;
  }

  static double cosine(double[] a, double[] b) {
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
