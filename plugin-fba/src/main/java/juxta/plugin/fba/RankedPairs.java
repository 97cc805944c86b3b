package juxta.plugin.fba;

import juxta.api.GraphScope;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The two terms of the contrast. Pairs count by their rank among the pairs of the same row, the
 * most alike most: {@code w_ij = exp(-alpha (r_ij - 1))}, with r counted from 0.
 */
final class RankedPairs {
  /** Cosines are kept inside this margin, so that logarithms are finite. */
  private static final float MARGIN = 0.0005f;

  private static final double ATTRACT = 0.25;
  private static final double REPEL = 2.5;

  private RankedPairs() {}

  /** mean_ij w_ij (-ln s_ij) of the rows among each other, each with itself included. */
  static Operand<TFloat32> attract(GraphScope scope, Operand<TFloat32> u) {
    Operand<TFloat32> s = similarities(scope, u, u); // [N, N]
    return mean(scope, s, ATTRACT, scope.tf().math.neg(scope.tf().math.log(s)));
  }

  /** mean_ij w_ij (-ln (1 - s_ij)), ranks along the rows of v. */
  static Operand<TFloat32> repel(GraphScope scope, Operand<TFloat32> u, Operand<TFloat32> v) {
    Ops tf = scope.tf();
    Operand<TFloat32> s = similarities(scope, u, v); // [N, N]
    Operand<TFloat32> apart = tf.math.log(tf.math.sub(scope.constant(1), s));
    return mean(scope, s, REPEL, tf.math.neg(apart));
  }

  /**
   * Share of the pairs of different rows whose cosine is outside the margin, where it has no
   * gradient: 1 if nothing is learned from them.
   */
  static Operand<TFloat32> clamped(GraphScope scope, Operand<TFloat32> u) {
    Ops tf = scope.tf();
    int n = (int) u.shape().get(0);
    Operand<TFloat32> others = // [N, N], a row is always like itself
        tf.math.sub(scope.constant(1), Targets.excludeSelf(scope, n));
    return tf.math.div(
        tf.reduceSum(tf.math.mul(outside(scope, u, u), others), scope.ints(0, 1)),
        scope.constant(Math.max(1, n * (n - 1))));
  }

  /** The same of the pairs of a row of u and one of v. */
  static Operand<TFloat32> clamped(GraphScope scope, Operand<TFloat32> u, Operand<TFloat32> v) {
    return scope.tf().math.mean(outside(scope, u, v), scope.ints(0, 1));
  }

  /** [N, N], 1 where the cosine is clamped. */
  private static Operand<TFloat32> outside(
      GraphScope scope, Operand<TFloat32> u, Operand<TFloat32> v) {
    Ops tf = scope.tf();
    Operand<TFloat32> s = tf.stopGradient(Similarity.cosine(scope, u, v));
    return tf.dtypes.cast(
        tf.math.logicalOr(
            tf.math.less(s, scope.constant(MARGIN)),
            tf.math.greater(s, scope.constant(1 - MARGIN))),
        TFloat32.class);
  }

  private static Operand<TFloat32> similarities(
      GraphScope scope, Operand<TFloat32> u, Operand<TFloat32> v) {
    return scope
        .tf()
        .clipByValue(
            Similarity.cosine(scope, u, v), scope.constant(MARGIN), scope.constant(1 - MARGIN));
  }

  private static Operand<TFloat32> mean(
      GraphScope scope, Operand<TFloat32> s, double alpha, Operand<TFloat32> cost) {
    Ops tf = scope.tf();
    Operand<TFloat32> weight = // [N, N]
        tf.math.exp(
            tf.math.mul(
                scope.constant((float) -alpha), tf.math.sub(ranks(scope, s), scope.constant(1))));
    return tf.math.mean(tf.math.mul(weight, cost), scope.ints(0, 1));
  }

  /** Place of each entry in its row sorted downwards, from 0, ties in the order of the columns. */
  static Operand<TFloat32> ranks(GraphScope scope, Operand<TFloat32> similarities) {
    Ops tf = scope.tf();
    Operand<TFloat32> s = tf.stopGradient(similarities); // [N, N]
    Operand<TFloat32> own = tf.expandDims(s, tf.constant(2)); // [N, N, 1]
    Operand<TFloat32> others = tf.expandDims(s, tf.constant(1)); // [N, 1, N]
    Operand<TFloat32> above = tf.dtypes.cast(tf.math.greater(others, own), TFloat32.class);
    Operand<TFloat32> equal = tf.dtypes.cast(tf.math.equal(others, own), TFloat32.class);
    var columns = tf.range(tf.constant(0), tf.constant((int) s.shape().get(1)), tf.constant(1));
    Operand<TFloat32> earlier = // [N, N], 1 where the second column is the earlier one
        tf.dtypes.cast(
            tf.math.less(
                tf.expandDims(columns, tf.constant(0)), tf.expandDims(columns, tf.constant(1))),
            TFloat32.class);
    return tf.reduceSum(tf.math.add(above, tf.math.mul(equal, earlier)), scope.ints(2));
  }
}
