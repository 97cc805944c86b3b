package juxta.toolkit.discrimination;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Setting;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Views of two sizes of the same records, as in SwAV (<a
 * href="https://arxiv.org/abs/2006.09882">Caron et al. 2020</a>, section 3.3): global ones at full
 * size and local ones of small parts.
 *
 * @param global [B, H, W, C] each
 * @param local [B, h, w, C] each, perhaps none
 */
public record MultiCrop(List<Operand<TFloat32>> global, List<Operand<TFloat32>> local) {
  /**
   * Copies.
   *
   * @param global see the record
   * @param local see the record
   */
  public MultiCrop {
    global = List.copyOf(global);
    local = List.copyOf(local);
  }

  /**
   * The setting that says how many local views there are.
   *
   * @param count default
   * @param source where it comes from
   * @return the setting
   */
  public static Setting<Integer> locals(int count, String source) {
    return Setting.integer("local-crops", count)
        .range(0, 64)
        .describe("local views of each image")
        .source(source);
  }

  /**
   * Two global views and some local ones, each an independent draw.
   *
   * @param setup the run, whose augmentation makes them
   * @param scope where to build
   * @param records B records as stored
   * @param locals number of local views
   * @return the views
   */
  public static MultiCrop of(Setup setup, GraphScope scope, Batch records, int locals) {
    List<Operand<TFloat32>> global = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      global.add(setup.view(scope, records, View.global(i)).image());
    }
    List<Operand<TFloat32>> local = new ArrayList<>();
    for (int i = 0; i < locals; i++) {
      local.add(setup.view(scope, records, View.local(i)).image());
    }
    return new MultiCrop(global, local);
  }

  /**
   * Views of one size as one batch.
   *
   * @param scope where to build
   * @param views [B, ...] each, at least one
   * @return [V B, ...], view by view
   */
  public static Operand<TFloat32> join(GraphScope scope, List<Operand<TFloat32>> views) {
    return views.size() == 1 // TensorFlow joins two tensors or more
        ? views.get(0)
        : scope.tf().concat(views, scope.tf().constant(0));
  }

  /**
   * Compares what each view is given with what each global view says of the records, unless they
   * are one and the same view. One comparison for all pairs: TensorFlow goes back through the
   * inputs of a sum of many in no fixed order, and runs with one seed would differ.
   *
   * @param scope where to build
   * @param views V, number of views
   * @param similarities [V, B, K], global views first
   * @param targets [G, B, K] of the global views
   * @return [N B, K] with N = G (V - 1) pairs of views
   */
  public static Comparison across(
      GraphScope scope, int views, Operand<TFloat32> similarities, Operand<TFloat32> targets) {
    Ops tf = scope.tf();
    List<Integer> said = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    for (int i = 0; i < targets.shape().get(0); i++) {
      for (int v = 0; v < views; v++) {
        if (v != i) {
          said.add(i);
          given.add(v);
        }
      }
    }
    return Comparison.of(rows(tf, similarities, given), rows(tf, targets, said));
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, List<Integer> views) {
    int[] chosen = views.stream().mapToInt(i -> i).toArray();
    int k = (int) x.shape().get(2);
    return tf.reshape(
        tf.gather(x, tf.constant(chosen), tf.constant(0)), tf.constant(new int[] {-1, k}));
  }

  /**
   * Number of views.
   *
   * @return V, global and local ones
   */
  public int views() {
    return global.size() + local.size();
  }
}
