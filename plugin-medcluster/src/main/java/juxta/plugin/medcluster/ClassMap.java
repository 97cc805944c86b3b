package juxta.plugin.medcluster;

import java.util.Arrays;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * Which class each cluster stands for: the most frequent one of its labelled members. A cluster
 * without any takes the class that most clusters stand for. Of equally frequent classes the first.
 *
 * @param classes the class of each cluster
 * @param counts labelled members by cluster and class
 */
record ClassMap(int[] classes, int[][] counts) {
  static final String NAME = "classes";

  /**
   * Counts.
   *
   * @param clusters the cluster of each image, from 0 to {@code room - 1}
   * @param labels the class of each image; those below 0 have none
   * @param room number of clusters
   * @param known number of classes
   */
  static ClassMap of(int[] clusters, int[] labels, int room, int known) {
    int[][] counts = new int[room][known];
    for (int i = 0; i < clusters.length; i++) {
      if (labels[i] >= 0) {
        counts[clusters[i]][labels[i]]++;
      }
    }
    int[] classes = new int[room];
    int[] votes = new int[known];
    for (int k = 0; k < room; k++) {
      classes[k] = members(counts[k]) == 0 ? -1 : most(counts[k]);
      if (classes[k] >= 0) {
        votes[classes[k]]++;
      }
    }
    int usual = most(votes);
    return new ClassMap(Arrays.stream(classes).map(c -> c < 0 ? usual : c).toArray(), counts);
  }

  /** Share of the labelled images whose cluster stands for their class; 0 if there are none. */
  double accuracy() {
    int right = 0;
    int all = 0;
    for (int k = 0; k < classes.length; k++) {
      right += counts[k][classes[k]];
      all += members(counts[k]);
    }
    return all == 0 ? 0 : (double) right / all;
  }

  /** As a parameter's value. */
  Value value() {
    return Tensors.ints(new long[] {classes.length}, classes);
  }

  /**
   * The classes of clusters in a graph, by the saved map.
   *
   * @param root root of the graph
   * @param room number of clusters
   * @param clusters [B]
   * @return [B]
   */
  static Operand<TInt32> apply(GraphScope root, int room, Operand<TInt32> clusters) {
    Parameter<TInt32> map =
        root.sub(Prototypes.PLACE)
            .state(
                NAME,
                TInt32.class,
                (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(0)),
                room);
    return root.tf().gather(map.value(), clusters, root.tf().constant(0));
  }

  private static int members(int[] counts) {
    return Arrays.stream(counts).sum();
  }

  private static int most(int[] counts) {
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return best;
  }
}
