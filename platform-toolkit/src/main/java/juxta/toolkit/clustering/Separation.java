package juxta.toolkit.clustering;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import juxta.api.Matrix;

/** How well clusters are apart in space, without any classes. */
public final class Separation {
  private Separation() {}

  /**
   * Mean silhouette (Rousseeuw 1987) with Euclidean distances: (b - a) / max(a, b) of each point,
   * where a is its mean distance from the others of its cluster and b the least mean distance from
   * the points of another cluster; 0 for a point that is alone. Time grows with the square of the
   * number of points.
   *
   * @param points [N, D]
   * @param clusters cluster of each point
   * @return from -1 to 1; nothing if all points are in one cluster
   */
  public static OptionalDouble silhouette(Matrix points, int[] clusters) {
    int[] sizes = sizes(points, clusters);
    if (Arrays.stream(sizes).filter(size -> size > 0).count() < 2) {
      return OptionalDouble.empty();
    }
    double[] each =
        IntStream.range(0, clusters.length)
            .parallel()
            .mapToDouble(i -> silhouette(points, clusters, sizes, i))
            .toArray();
    double sum = 0; // in the order of the points, whatever the threads
    for (double one : each) {
      sum += one;
    }
    return OptionalDouble.of(sum / each.length);
  }

  private static double silhouette(Matrix points, int[] clusters, int[] sizes, int i) {
    int own = clusters[i];
    if (sizes[own] == 1) {
      return 0;
    }
    double[] sums = new double[sizes.length];
    float[] values = points.values();
    int d = points.columns();
    for (int other = 0; other < clusters.length; other++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        double off = (double) values[i * d + j] - values[other * d + j];
        square += off * off;
      }
      sums[clusters[other]] += Math.sqrt(square);
    }
    double a = sums[own] / (sizes[own] - 1);
    double b = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      b = c == own || sizes[c] == 0 ? b : Math.min(b, sums[c] / sizes[c]);
    }
    double larger = Math.max(a, b);
    return larger == 0 ? 0 : (b - a) / larger;
  }

  /**
   * The Davies-Bouldin index (1979): mean over the clusters of the largest (s_i + s_j) / d_ij,
   * where s is the mean distance of the points from their mean and d the distance of two means.
   * Lower is better.
   *
   * @param points [N, D]
   * @param clusters cluster of each point
   * @return 0 or more, infinite where two means coincide; nothing if all points are in one cluster
   */
  public static OptionalDouble daviesBouldin(Matrix points, int[] clusters) {
    int[] sizes = sizes(points, clusters);
    int[] used = IntStream.range(0, sizes.length).filter(c -> sizes[c] > 0).toArray();
    if (used.length < 2) {
      return OptionalDouble.empty();
    }
    double[][] means = means(points, clusters, sizes);
    double[] spread = new double[sizes.length];
    for (int i = 0; i < clusters.length; i++) {
      double square = 0;
      for (int j = 0; j < points.columns(); j++) {
        double off = points.at(i, j) - means[clusters[i]][j];
        square += off * off;
      }
      spread[clusters[i]] += Math.sqrt(square) / sizes[clusters[i]];
    }
    double sum = 0;
    for (int a : used) {
      double worst = 0;
      for (int b : used) {
        if (a != b) {
          double both = spread[a] + spread[b];
          worst = Math.max(worst, both == 0 ? 0 : both / distance(means[a], means[b]));
        }
      }
      sum += worst;
    }
    return OptionalDouble.of(sum / used.length);
  }

  private static double[][] means(Matrix points, int[] clusters, int[] sizes) {
    double[][] means = new double[sizes.length][points.columns()];
    for (int i = 0; i < clusters.length; i++) {
      for (int j = 0; j < points.columns(); j++) {
        means[clusters[i]][j] += points.at(i, j) / (double) sizes[clusters[i]];
      }
    }
    return means;
  }

  private static double distance(double[] a, double[] b) {
    double square = 0;
    for (int j = 0; j < a.length; j++) {
      square += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return Math.sqrt(square);
  }

  private static int[] sizes(Matrix points, int[] clusters) {
    if (points.rows() != clusters.length || clusters.length == 0) {
      throw new IllegalArgumentException(
          points.rows() + " points in clusters of " + clusters.length);
    }
    int[] sizes = new int[1 + Arrays.stream(clusters).max().orElse(0)];
    for (int cluster : clusters) {
      sizes[cluster]++;
    }
    return sizes;
  }
}
