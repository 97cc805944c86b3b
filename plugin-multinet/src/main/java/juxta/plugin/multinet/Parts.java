package juxta.plugin.multinet;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Settings;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Parts of images and their combinations (utils/network_builder.py of the reference implementation,
 * from Fast-MoCo): an image is cut into s x s parts, whose features are averaged k at a time.
 *
 * @param splits s
 * @param combined k
 */
record Parts(int splits, int combined) {
  static Parts of(Settings s) {
    return new Parts(s.get(MultinetSettings.SPLITS), s.get(MultinetSettings.COMBINED));
  }

  /** P = s x s. */
  int count() {
    return splits * splits;
  }

  /** Number of combinations, P over k; at least 0 and exact below 2^53. */
  double choices() {
    double choices = 1;
    for (int i = 0; i < combined; i++) {
      choices = choices * (count() - i) / (i + 1);
    }
    return choices;
  }

  /** All sets of k parts, each in ascending order, in lexicographic order. */
  List<List<Integer>> combinations() {
    List<List<Integer>> all = new ArrayList<>();
    choose(List.of(), 0, all);
    return all;
  }

  private void choose(List<Integer> begun, int from, List<List<Integer>> all) {
    if (begun.size() == combined) {
      all.add(begun);
      return;
    }
    for (int part = from; part < count(); part++) {
      List<Integer> more = new ArrayList<>(begun);
      more.add(part);
      choose(List.copyOf(more), part + 1, all);
    }
  }

  /** [B, H, W, C] to [P B, H/s, W/s, C], part by part: column by column, from top to bottom. */
  Operand<TFloat32> cut(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    int h = (int) x.shape().get(1) / splits;
    int w = (int) x.shape().get(2) / splits;
    int c = (int) x.shape().get(3);
    Operand<TFloat32> grid = // [B, row, h, column, w, C]
        tf.reshape(x, scope.ints(-1, splits, h, splits, w, c));
    Operand<TFloat32> parts = // [column, row, B, h, w, C]
        tf.linalg.transpose(grid, scope.ints(3, 1, 0, 2, 4, 5));
    return tf.reshape(parts, scope.ints(-1, h, w, c));
  }

  /** Features [P B, D], part by part, to their means [n B, D], combination by combination. */
  Operand<TFloat32> combine(GraphScope scope, Operand<TFloat32> v, int width) {
    Ops tf = scope.tf();
    int[] chosen = combinations().stream().flatMap(List::stream).mapToInt(i -> i).toArray();
    Operand<TFloat32> parts = // [P, B, D]
        tf.reshape(v, scope.ints(count(), -1, width));
    Operand<TFloat32> sets = // [n k, B, D]
        tf.gather(parts, tf.constant(chosen), tf.constant(0));
    Operand<TFloat32> grouped = // [n, k, B D]
        tf.reshape(sets, scope.ints(chosen.length / combined, combined, -1));
    return tf.reshape(tf.math.mean(grouped, scope.ints(1)), scope.ints(-1, width));
  }
}
