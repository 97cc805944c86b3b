package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;

/**
 * The contrastive module of one decoder of slices with K classes as released: from its logits to
 * one descriptor of each class of each record, and their contrast. Descriptors of one class attract
 * each other across records, those of different classes repel.
 */
final class ClassContrast {
  private final GraphScope scope;
  private final int classes;
  private final int places;
  private final ClassMaps maps;
  private final Linear projection;

  /**
   * Makes the parameters.
   *
   * @param x pixels of the logits along the first axis, even
   * @param y pixels along the second axis, even
   */
  ClassContrast(GraphScope scope, int x, int y, int classes) {
    this.scope = scope;
    this.classes = classes;
    this.places = x / 2 * (y / 2); // P
    this.maps = new ClassMaps(scope, classes);
    this.projection = new Linear(scope.sub("projection"), places, Contrast.WIDTH, true);
  }

  /** Logits [N, X, Y, 1, K] to descriptors E [N, K, 128], 0 or more. */
  Operand<TFloat32> descriptors(Operand<TFloat32> logits) {
    Ops tf = scope.tf();
    Operand<TFloat32> m = maps.apply(logits); // [N, X/2, Y/2, K]
    Operand<TFloat32> flat = // [N, K, P]
        tf.reshape(
            tf.linalg.transpose(m, scope.ints(0, 3, 1, 2)),
            scope.ints((int) logits.shape().get(0), classes, places));
    return tf.nn.relu(projection.apply(flat));
  }

  /** The contrast of a decoder's logits [N, X, Y, 1, K]; N is known when the graph is built. */
  Operand<TFloat32> loss(Operand<TFloat32> logits) {
    return loss(scope, descriptors(logits));
  }

  /**
   * {@code (1/K) sum_c [ L+(E_c) + sum_{c' != c} L-(E_c, E_c') ]}. The mean of this over the
   * decoders is the L_con of the method: 1/12 of the sum, for 3 decoders and 4 classes.
   *
   * @param e descriptors [N, K, D], all lengths known
   */
  static Operand<TFloat32> loss(GraphScope scope, Operand<TFloat32> e) {
    Ops tf = scope.tf();
    int classes = (int) e.shape().get(1);
    List<Output<TFloat32>> parts = // K times [N, D]
        tf.unstack(e, (long) classes, Unstack.axis(1L)).output();
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      terms.add(RankedPairs.attract(scope, parts.get(c)));
      for (int other = 0; other < classes; other++) {
        if (other != c) {
          terms.add(RankedPairs.repel(scope, parts.get(c), parts.get(other)));
        }
      }
    }
    return tf.math.mul(tf.math.addN(terms), scope.constant(1f / classes));
  }

  /** Share of the pairs without a gradient, the mean over all terms; e as of {@link #loss}. */
  static Operand<TFloat32> clamped(GraphScope scope, Operand<TFloat32> e) {
    Ops tf = scope.tf();
    int classes = (int) e.shape().get(1);
    List<Output<TFloat32>> parts = // K times [N, D]
        tf.unstack(e, (long) classes, Unstack.axis(1L)).output();
    List<Operand<TFloat32>> shares = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      shares.add(RankedPairs.clamped(scope, parts.get(c)));
      for (int other = c + 1; other < classes; other++) {
        Operand<TFloat32> share = RankedPairs.clamped(scope, parts.get(c), parts.get(other));
        shares.add(share); // of both directions
        shares.add(share);
      }
    }
    return tf.math.div(tf.math.addN(shares), scope.constant(shares.size()));
  }
}
