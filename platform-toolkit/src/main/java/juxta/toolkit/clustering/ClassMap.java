package juxta.toolkit.clustering;

import java.util.Arrays;

/**
 * Which class each cluster stands for: the most frequent one of its labelled members. A cluster
 * without any stands for the class that most other clusters stand for. Of equally frequent classes
 * the first counts.
 *
 * @param classes the class of each cluster
 */
public record ClassMap(int[] classes) {
  /**
   * Keeps the map.
   *
   * @param classes see the record; not copied
   */
  public ClassMap {}

  /**
   * Fits the map, as a rule to the training records.
   *
   * @param clusters cluster of each record
   * @param labels class of each record, below 0 if it has none
   * @param k number of clusters
   * @return the map
   * @throws IllegalArgumentException if the lengths differ or no record has a class
   */
  public static ClassMap of(int[] clusters, int[] labels, int k) {
    long[][] counts = Contingency.of(clusters, labels).counts();
    int[] classes = new int[k];
    long[] clustersOf = new long[counts[0].length];
    for (int c = 0; c < k; c++) {
      boolean empty = c >= counts.length || Arrays.stream(counts[c]).sum() == 0;
      classes[c] = empty ? -1 : most(counts[c]);
      if (!empty) {
        clustersOf[classes[c]]++;
      }
    }
    int usual = most(clustersOf);
    return new ClassMap(Arrays.stream(classes).map(c -> c < 0 ? usual : c).toArray());
  }

  private static int most(long[] counts) {
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return most;
  }

  /**
   * The class that is predicted for records.
   *
   * @param clusters their clusters
   * @return their classes
   */
  public int[] predict(int[] clusters) {
    return Arrays.stream(clusters).map(c -> classes[c]).toArray();
  }
}
