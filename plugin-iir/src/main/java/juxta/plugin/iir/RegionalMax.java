package juxta.plugin.iir;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * R-MAC (Tolias et al. 2016; {@code filipradenovic/cnnimageretrieval-pytorch}): the maxima over the
 * whole map and over square regions at three scales, each of length 1, summed.
 */
final class RegionalMax {
  /** Levels of regions; level l has l squares along the shorter axis. */
  static final int LEVELS = 3;

  private static final float EPSILON = 1e-6f;

  /** Below all features: what lies outside a region. */
  private static final float FAR = 1e9f;

  private RegionalMax() {}

  /** [B, h, w, D] to [B, D]. */
  static Operand<TFloat32> apply(GraphScope scope, Operand<TFloat32> map) {
    Ops tf = scope.tf();
    Operand<TInt32> shape = tf.shape(map);
    Operand<TInt32> h = tf.gather(shape, tf.constant(1), tf.constant(0));
    Operand<TInt32> w = tf.gather(shape, tf.constant(2), tf.constant(0));
    Operand<TFloat32> sum = unit(scope, tf.max(map, scope.ints(1, 2))); // [B, D]
    for (int level = 1; level <= LEVELS; level++) {
      Regions regions = Regions.of(scope, h, w, level);
      Operand<TFloat32> byRow = // [R, B, w, D]
          tf.max(
              tf.math.sub(
                  tf.expandDims(map, tf.constant(0)),
                  outside(tf, regions.cover(tf, regions.rows(), h), List.of(1, 3, 4))),
              scope.ints(2));
      Operand<TFloat32> byRegion = // [C, R, B, D]
          tf.max(
              tf.math.sub(
                  tf.expandDims(byRow, tf.constant(0)),
                  outside(tf, regions.cover(tf, regions.columns(), w), List.of(1, 2, 4))),
              scope.ints(3));
      Operand<TFloat32> there = // 0 where the map is too small for any region
          tf.dtypes.cast(tf.math.greater(regions.side(), tf.constant(0)), TFloat32.class);
      sum =
          tf.math.add(
              sum,
              tf.reduceSum(unit(scope, tf.math.mul(byRegion, there)), scope.ints(0, 1))); // [B, D]
    }
    return sum;
  }

  /** What to take away: 0 inside, much outside; [R, length] with axes of length 1 put in. */
  private static Operand<TFloat32> outside(Ops tf, Operand<TFloat32> cover, List<Integer> axes) {
    Operand<TFloat32> far = tf.math.mul(tf.math.sub(tf.constant(1f), cover), tf.constant(FAR));
    for (int axis : axes) {
      far = tf.expandDims(far, tf.constant(axis));
    }
    return far;
  }

  /** v / (|v| + 1e-6) along the last axis. */
  private static Operand<TFloat32> unit(GraphScope scope, Operand<TFloat32> v) {
    Ops tf = scope.tf();
    Operand<TFloat32> square =
        tf.reduceSum(tf.math.square(v), scope.ints(-1), ReduceSum.keepDims(true));
    // the root of 0 has no gradient
    Operand<TFloat32> norm = tf.math.sqrt(tf.math.maximum(square, scope.constant(1e-24f)));
    return tf.math.div(v, tf.math.add(norm, scope.constant(EPSILON)));
  }
}
