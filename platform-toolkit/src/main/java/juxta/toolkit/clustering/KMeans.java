package juxta.toolkit.clustering;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.graph.Seeds;

/**
 * k-means by Lloyd's rounds from k-means++ starts (<a
 * href="https://dl.acm.org/doi/10.5555/1283383.1283494">Arthur and Vassilvitskii 2007</a>): of
 * several starts the one with the least distortion is kept. Starts run side by side; the result is
 * the same, bit for bit, whatever the number of threads.
 *
 * <p>A cluster that loses its last point takes the point that is farthest from its own centre.
 *
 * @param k number of clusters, 1 or more
 * @param restarts number of starts, 1 or more
 * @param rounds how often the centres are moved at most, 1 or more
 * @param tolerance a start ends when the squares of the centres' moves sum to at most this many
 *     times the mean variance of the dimensions (scikit-learn's rule); 0 or more
 * @param seed the same seed gives the same clusters
 */
public record KMeans(int k, int restarts, int rounds, double tolerance, long seed) {
  /**
   * Checks.
   *
   * @param k see the record
   * @param restarts see the record
   * @param rounds see the record
   * @param tolerance see the record
   * @param seed see the record
   */
  public KMeans {
    if (k < 1 || restarts < 1 || rounds < 1 || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "k = "
              + k
              + ", restarts = "
              + restarts
              + ", rounds = "
              + rounds
              + ", tolerance = "
              + tolerance);
    }
  }

  /**
   * Ten starts of at most 300 rounds, tolerance 1e-4, as scikit-learn has long done.
   *
   * @param k number of clusters
   * @param seed the seed
   * @return the algorithm
   */
  public static KMeans of(int k, long seed) {
    return new KMeans(k, 10, 300, 1e-4, seed);
  }

  /**
   * The same with another number of starts.
   *
   * @param number 1 or more
   * @return a new algorithm
   */
  public KMeans restarts(int number) {
    return new KMeans(k, number, rounds, tolerance, seed);
  }

  /**
   * Clusters points.
   *
   * @param points [N, D], all finite, at least k of them
   * @return the clusters of the best start; of equally good ones the first
   * @throws IllegalArgumentException if there are fewer points than clusters, or an element is not
   *     finite
   */
  public Clusters fit(Matrix points) {
    check(points);
    PointBlocks blocks = PointBlocks.of(points);
    double still = tolerance * meanVariance(points);
    return IntStream.range(0, restarts)
        .parallel()
        .mapToObj(
            start -> {
              SplittableRandom random = new SplittableRandom(Seeds.mix(seed, start));
              return Lloyd.from(KMeansPlusPlus.centres(points, blocks, k, random), points, blocks)
                  .run(rounds, still);
            })
        .toList() // in the order of the starts
        .stream()
        .min(Comparator.comparingDouble(Clusters::distortion))
        .orElseThrow();
  }

  private void check(Matrix points) {
    if (points.rows() < k) {
      throw new IllegalArgumentException(points.rows() + " points for " + k + " clusters");
    }
    for (int i = 0; i < points.values().length; i++) {
      if (!Float.isFinite(points.values()[i])) {
        throw new IllegalArgumentException(
            "point " + i / points.columns() + " has an element that is not finite");
      }
    }
  }

  /** Mean over the dimensions of the variance of the points. */
  private static double meanVariance(Matrix points) {
    int d = points.columns();
    int n = points.rows();
    double sum = 0;
    double[] mean = new double[d];
    for (int i = 0; i < n * d; i++) {
      mean[i % d] += points.values()[i] / (double) n;
    }
    for (int i = 0; i < n * d; i++) {
      double off = points.values()[i] - mean[i % d];
      sum += off * off;
    }
    return d == 0 ? 0 : sum / n / d;
  }
}
