package juxta.toolkit.clustering;

import java.util.Arrays;

/**
 * How many records each cluster has of each class, and how well clusters match classes. Records
 * without a class are not counted.
 *
 * @param counts [clusters][classes]
 */
public record Contingency(long[][] counts) {
  /**
   * Keeps the counts.
   *
   * @param counts see the record; not copied
   */
  public Contingency {}

  /**
   * Counts records.
   *
   * @param clusters cluster of each record
   * @param classes class of each record, below 0 if it has none
   * @return the counts, a row a cluster
   * @throws IllegalArgumentException if the lengths differ or no record has a class
   */
  public static Contingency of(int[] clusters, int[] classes) {
    int most = Arrays.stream(classes).max().orElse(-1);
    if (clusters.length != classes.length || most < 0) {
      throw new IllegalArgumentException(
          clusters.length + " clusters for " + classes.length + " classes");
    }
    long[][] counts = new long[1 + Arrays.stream(clusters).max().orElse(0)][1 + most];
    for (int i = 0; i < clusters.length; i++) {
      if (classes[i] >= 0) {
        counts[clusters[i]][classes[i]]++;
      }
    }
    return new Contingency(counts);
  }

  /**
   * Number of records.
   *
   * @return all that were counted
   */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /**
   * Share of the largest class, which a useless clustering reaches as mapped accuracy.
   *
   * @return above 0, at most 1
   */
  public double majority() {
    return Arrays.stream(classSizes()).max().orElse(0) / (double) total();
  }

  /**
   * Accuracy by the best one-to-one matching of clusters and classes; records of clusters and
   * classes that are left over count as wrong.
   *
   * @return from 0 to 1
   */
  public double matchedAccuracy() {
    int[] match = Hungarian.mostWeight(counts);
    long right = 0;
    for (int cluster = 0; cluster < counts.length; cluster++) {
      right += match[cluster] < 0 ? 0 : counts[cluster][match[cluster]];
    }
    return right / (double) total();
  }

  /**
   * Normalised mutual information: I(cluster; class) divided by the mean of both entropies.
   *
   * @return from 0 to 1; 0 if one entropy is 0, 1 if both are
   */
  public double mutualInformation() {
    double n = total();
    long[] a = clusterSizes();
    long[] b = classSizes();
    double clusterEntropy = entropy(a, n);
    double classEntropy = entropy(b, n);
    if (clusterEntropy == 0 || classEntropy == 0) {
      return clusterEntropy == classEntropy ? 1 : 0;
    }
    double information = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        double both = counts[i][j];
        information += both == 0 ? 0 : both / n * Math.log(both * n / ((double) a[i] * b[j]));
      }
    }
    return Math.min(1, Math.max(0, 2 * information / (clusterEntropy + classEntropy)));
  }

  /**
   * Adjusted Rand index (Hubert and Arabie 1985): the share of pairs of records on which clusters
   * and classes agree, corrected for chance.
   *
   * @return at most 1, about 0 by chance; 1 where all partitions of these sizes agree
   */
  public double adjustedRand() {
    long n = total();
    double together = 0;
    for (long[] row : counts) {
      together += pairs(row);
    }
    double a = pairs(clusterSizes());
    double b = pairs(classSizes());
    double expected = n < 2 ? 0 : a * b / (n * (n - 1.0) / 2);
    double range = (a + b) / 2 - expected;
    return range == 0 ? 1 : (together - expected) / range;
  }

  private long[] clusterSizes() {
    return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).toArray();
  }

  private long[] classSizes() {
    long[] sizes = new long[counts.length == 0 ? 0 : counts[0].length];
    for (long[] row : counts) {
      for (int j = 0; j < sizes.length; j++) {
        sizes[j] += row[j];
      }
    }
    return sizes;
  }

  private static double pairs(long[] sizes) {
    double pairs = 0;
    for (long size : sizes) {
      pairs += size * (size - 1.0) / 2;
    }
    return pairs;
  }

  private static double entropy(long[] sizes, double n) {
    double entropy = 0;
    for (long size : sizes) {
      entropy -= size == 0 || size == n ? 0 : size / n * Math.log(size / n);
    }
    return entropy;
  }
}
