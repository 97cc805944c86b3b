package juxta.toolkit.clustering;

import java.util.Arrays;
import juxta.api.Matrix;

/**
 * Sums of the points of each cluster, kept up to date with those that change their cluster. Sums
 * are of whole numbers, multiples of a small part of the largest value of their dimension, so that
 * points can be taken out again without a trace, and the order of all that does not matter. What is
 * below such a part (2<sup>-46</sup> of the largest value for 60,000 points) is cut off.
 */
final class ClusterSums {
  private final float[] rows; // [N, D]
  private final int d;
  private final double[] scales; // powers of two
  private final long[] sums; // [K, D]
  private final int[] sizes;
  private final int[] counted; // the cluster to which each point was added

  private ClusterSums(Matrix points, double[] scales, int k) {
    this.rows = points.values();
    this.d = points.columns();
    this.scales = scales;
    this.sums = new long[Math.multiplyExact(k, d)];
    this.sizes = new int[k];
    this.counted = new int[points.rows()];
    Arrays.fill(counted, -1);
  }

  /**
   * No points in any cluster yet.
   *
   * @param scales of {@link #scales}
   */
  static ClusterSums of(Matrix points, double[] scales, int k) {
    return new ClusterSums(points, scales, k);
  }

  /** How many parts 1 has in each dimension, so that no sum is beyond 2<sup>62</sup>. */
  static double[] scales(Matrix points) {
    int bits = 62 - (Integer.SIZE - Integer.numberOfLeadingZeros(points.rows()));
    float[] values = points.values();
    float[] largest = new float[points.columns()];
    for (int row = 0; row < values.length; row += largest.length) {
      for (int j = 0; j < largest.length; j++) {
        largest[j] = Math.max(largest[j], Math.abs(values[row + j]));
      }
    }
    double[] scales = new double[largest.length];
    for (int j = 0; j < largest.length; j++) {
      scales[j] = Math.scalb(1.0, bits - 1 - Math.getExponent(largest[j]));
    }
    return scales;
  }

  /** Moves the points whose labels have changed. */
  void update(int[] labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != counted[i]) {
        if (counted[i] >= 0) {
          add(i, counted[i], -1);
        }
        add(i, labels[i], 1);
        counted[i] = labels[i];
      }
    }
  }

  private void add(int point, int cluster, int times) {
    sizes[cluster] += times;
    int from = point * d;
    int to = cluster * d;
    for (int j = 0; j < d; j++) {
      sums[to + j] += times * (long) (rows[from + j] * scales[j]);
    }
  }

  /** Number of points of a cluster. */
  int size(int cluster) {
    return sizes[cluster];
  }

  /** One dimension of the mean of a cluster that has points. */
  float mean(int cluster, int dimension) {
    return (float) (sums[cluster * d + dimension] / scales[dimension] / sizes[cluster]);
  }
}
