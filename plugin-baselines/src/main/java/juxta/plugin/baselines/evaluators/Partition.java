package juxta.plugin.baselines.evaluators;

import java.util.Arrays;
import java.util.stream.IntStream;
import juxta.api.UserException;

/**
 * Which cluster each record is in.
 *
 * @param k number of clusters; they are numbered from 0
 * @param train clusters of all training records
 * @param test clusters of the test records that have a class
 */
record Partition(int k, int[] train, int[] test) {
  /** Clusters that a model numbers itself. */
  static Partition of(int[] train, int[] test) {
    int[] all = IntStream.concat(Arrays.stream(train), Arrays.stream(test)).toArray();
    int least = Arrays.stream(all).min().orElse(0);
    if (least < 0) {
      throw new UserException(
          "clustering: the model's function '"
              + Clustering.ASSIGN
              + "' gives the cluster "
              + least
              + "; clusters are numbered from 0");
    }
    return new Partition(1 + Arrays.stream(all).max().orElse(0), train, test);
  }
}
