package juxta.plugin.baselines.projection;

import java.util.stream.IntStream;

/**
 * How near points are to each other, p_ij of t-SNE: Gaussians around each point, each as wide as
 * gives the perplexity asked for (section 2 of the paper), made symmetric and summing to 1.
 */
final class Affinities {
  private static final int MOST_ROUNDS = 60;
  private static final double CLOSE = 1e-5; // of the entropy

  private Affinities() {}

  /** [N, N], row-major. */
  static double[] of(Gram gram, double perplexity) {
    int n = gram.size();
    double[] conditional = new double[Math.multiplyExact(n, n)]; // p_{j|i}
    IntStream.range(0, n).parallel().forEach(i -> row(gram, i, perplexity, conditional));
    double[] p = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        p[i * n + j] = (conditional[i * n + j] + conditional[j * n + i]) / (2 * n);
      }
    }
    return p;
  }

  /** Bisection of the precision 1 / (2 sigma^2), with bounds that are found on the way. */
  private static void row(Gram gram, int i, double perplexity, double[] into) {
    int n = gram.size();
    double[] squares = new double[n];
    double nearest = Double.POSITIVE_INFINITY;
    double mean = 0;
    for (int j = 0; j < n; j++) {
      squares[j] = gram.square(i, j);
      nearest = j == i ? nearest : Math.min(nearest, squares[j]);
      mean += squares[j] / (n - 1);
    }
    double wanted = StrictMath.log(perplexity);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = mean > nearest ? 1 / (mean - nearest) : 1;
    double[] weights = new double[n];
    double sum = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      sum = 0;
      double moment = 0;
      for (int j = 0; j < n; j++) {
        double off = squares[j] - nearest; // the factor that this takes out cancels
        weights[j] = j == i ? 0 : StrictMath.exp(-precision * off);
        sum += weights[j];
        moment += weights[j] * off;
      }
      double entropy = StrictMath.log(sum) + precision * moment / sum;
      if (Math.abs(entropy - wanted) < CLOSE) {
        break;
      }
      if (entropy > wanted) {
        low = precision;
        precision = high == Double.POSITIVE_INFINITY ? 2 * precision : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
    for (int j = 0; j < n; j++) {
      into[i * n + j] = weights[j] / sum;
    }
  }
}
