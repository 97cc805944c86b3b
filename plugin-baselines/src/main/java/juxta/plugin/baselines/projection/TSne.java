package juxta.plugin.baselines.projection;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact t-SNE (<a href="https://www.jmlr.org/papers/v9/vandermaaten08a.html">van der Maaten and
 * Hinton 2008</a>): points that are near each other stay so; distances of far ones mean little. It
 * starts from the principal components, as scikit-learn does, so nothing is drawn by chance.
 *
 * @param perplexity about how many neighbours a point has, 1 or more; at most a third of the others
 *     are taken
 * @param rounds steps of gradient descent, 0 or more; the first quarter exaggerates attraction
 */
public record TSne(double perplexity, int rounds) {
  /** Perplexity 30 and 1000 steps, scikit-learn's defaults. */
  public static final TSne DEFAULT = new TSne(30, 1000);

  private static final double EXAGGERATION = 12;
  private static final double FEWEST_RATE = 50;
  private static final double SPREAD = 1e-4; // deviation of the first coordinate at the start
  private static final double LEAST_GAIN = 0.01;

  /**
   * Checks.
   *
   * @param perplexity see the record
   * @param rounds see the record
   */
  public TSne {
    if (!(perplexity >= 1) || rounds < 0) {
      throw new IllegalArgumentException("perplexity = " + perplexity + ", rounds = " + rounds);
    }
  }

  /** Coordinates [N, 2] from a start [N, 2]. */
  double[] map(Gram gram, double[] start) {
    int n = gram.size();
    double[] p = Affinities.of(gram, Math.min(perplexity, Math.max(1, (n - 1) / 3.0)));
    double rate = Math.max(FEWEST_RATE, n / EXAGGERATION / 4);
    double[] y = scaled(start);
    double[] velocity = new double[2 * n];
    double[] gains = new double[2 * n];
    Arrays.fill(gains, 1);
    int early = rounds / 4;
    for (int round = 0; round < rounds; round++) {
      double[] gradient = gradient(p, y, round < early ? EXAGGERATION : 1);
      double momentum = round < early ? 0.5 : 0.8;
      for (int i = 0; i < y.length; i++) { // gains by delta-bar-delta (Jacobs 1988)
        boolean same = gradient[i] * velocity[i] > 0;
        gains[i] = Math.max(LEAST_GAIN, same ? gains[i] * 0.8 : gains[i] + 0.2);
        velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
        y[i] += velocity[i];
      }
    }
    return y;
  }

  private static double[] scaled(double[] start) {
    double square = 0;
    for (int i = 0; i < start.length; i += 2) {
      square += start[i] * start[i]; // centred
    }
    double deviation = Math.sqrt(square / (start.length / 2));
    return Arrays.stream(start).map(x -> deviation > 0 ? x / deviation * SPREAD : 0).toArray();
  }

  /** 4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2), equation 5 of the paper. */
  static double[] gradient(double[] p, double[] y, double exaggeration) {
    int n = y.length / 2;
    double[] sums = new double[5 * n]; // of each row: pull x, y; push x, y; its part of Z
    IntStream.range(0, n).parallel().forEach(i -> row(p, y, i, sums));
    double z = 0;
    for (int i = 0; i < n; i++) {
      z += sums[5 * i + 4];
    }
    double[] gradient = new double[2 * n];
    for (int i = 0; i < n; i++) {
      for (int axis = 0; axis < 2; axis++) {
        double pull = exaggeration * sums[5 * i + axis];
        gradient[2 * i + axis] = 4 * (pull - sums[5 * i + 2 + axis] / z);
      }
    }
    return gradient;
  }

  private static void row(double[] p, double[] y, int i, double[] sums) {
    int n = y.length / 2;
    double x0 = y[2 * i];
    double x1 = y[2 * i + 1];
    double pull0 = 0;
    double pull1 = 0;
    double push0 = 0;
    double push1 = 0;
    double z = 0;
    for (int j = 0; j < n; j++) {
      double off0 = x0 - y[2 * j];
      double off1 = x1 - y[2 * j + 1];
      double q = 1 / (1 + off0 * off0 + off1 * off1); // times 1 / Z
      double near = p[i * n + j] * q;
      double square = q * q;
      pull0 += near * off0;
      pull1 += near * off1;
      push0 += square * off0;
      push1 += square * off1;
      z += q;
    }
    sums[5 * i] = pull0;
    sums[5 * i + 1] = pull1;
    sums[5 * i + 2] = push0;
    sums[5 * i + 3] = push1;
    sums[5 * i + 4] = z - 1; // without the point itself
  }
}
