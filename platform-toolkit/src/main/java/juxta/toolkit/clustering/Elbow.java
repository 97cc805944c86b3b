package juxta.toolkit.clustering;

import java.util.Arrays;
import java.util.function.IntFunction;
import juxta.api.Matrix;

/**
 * The number of clusters from which on more of them help little: numbers of clusters and
 * distortions are scaled to [0, 1], and the elbow is where the curve lies farthest below the
 * straight line from its first to its last point (the idea of <a
 * href="https://doi.org/10.1109/ICDCSW.2011.20">Kneedle, Satopaa et al. 2011</a>).
 *
 * @param k the number of clusters
 * @param found false if the curve has no elbow; {@code k} is then the middle of the range, rounded
 *     up
 * @param depth how far the curve lies below the line at its deepest, from 0 to 1
 * @param least the smallest number of clusters that was tried
 * @param distortions the distortion of {@code least}, {@code least + 1}, … clusters
 */
public record Elbow(int k, boolean found, double depth, int least, double[] distortions) {
  /** A curve that is nowhere this far below the line has no elbow (own choice). */
  public static final double SHALLOW = 0.05;

  /**
   * Keeps the curve.
   *
   * @param k see the record
   * @param found see the record
   * @param depth see the record
   * @param least see the record
   * @param distortions see the record; not copied
   */
  public Elbow {}

  /**
   * Finds the elbow of a curve.
   *
   * @param least number of clusters of the first distortion
   * @param distortions one for each number of clusters, at least one
   * @return the elbow; of equally deep places the first
   */
  public static Elbow of(int least, double... distortions) {
    int n = distortions.length;
    double low = Arrays.stream(distortions).min().orElseThrow();
    double range = Arrays.stream(distortions).max().orElseThrow() - low;
    double depth = 0;
    int deepest = 0;
    for (int i = 1; i < n - 1 && range > 0; i++) {
      double first = (distortions[0] - low) / range;
      double last = (distortions[n - 1] - low) / range;
      double line = first + (last - first) * i / (n - 1);
      double below = line - (distortions[i] - low) / range;
      if (below > depth) {
        depth = below;
        deepest = i;
      }
    }
    boolean found = depth >= SHALLOW;
    return new Elbow(least + (found ? deepest : n / 2), found, depth, least, distortions.clone());
  }

  /**
   * Clusters points with every number of clusters of a range and finds the elbow.
   *
   * @param points [N, D]
   * @param least smallest number of clusters
   * @param most largest number of clusters; no more than there are points are tried
   * @param kMeans the algorithm for a number of clusters; called in rising order
   * @return the elbow
   */
  public static Elbow search(Matrix points, int least, int most, IntFunction<KMeans> kMeans) {
    int last = Math.min(most, points.rows());
    if (least < 1 || last < least) {
      throw new IllegalArgumentException(
          least + " to " + most + " clusters of " + points.rows() + " points");
    }
    double[] distortions = new double[last - least + 1];
    for (int k = least; k <= last; k++) {
      distortions[k - least] = kMeans.apply(k).fit(points).distortion();
    }
    return of(least, distortions);
  }
}
