package juxta.plugin.fba;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Random changes of a patch's intensities, each patch its own: the time between contrast agent and
 * scan makes blood darker or brighter than the wall, and few labelled scans show few of these.
 *
 * <pre>
 * r = (v - min) / (max - min)           v' = min + (max - min) r^(2^g)
 * v" = 2^c v' + b                       g in [-s, s], c and b in [-s/2, s/2]
 * </pre>
 */
final class Intensity {
  private static final float LEAST = 1e-6f;

  private Intensity() {}

  /**
   * Changes scans.
   *
   * @param x [N, X, Y, Z, 1], standardised
   * @param strength s, above 0
   */
  static Operand<TFloat32> changed(GraphScope scope, Operand<TFloat32> x, double strength) {
    Ops tf = scope.tf();
    float s = (float) strength;
    Operand<TInt32> n = tf.slice(tf.shape(x), scope.ints(0), scope.ints(1));
    Operand<TFloat32> draws = // [N, 3] in [-s, s]
        tf.math.mul(
            tf.math.sub(
                tf.random.statelessRandomUniform(
                    tf.concat(List.of(n, tf.constant(new int[] {3})), tf.constant(0)),
                    scope.seed("intensity")),
                scope.constant(0.5f)),
            scope.constant(2 * s));
    Operand<TInt32> axes = scope.ints(1, 2, 3, 4);
    Operand<TFloat32> low = tf.reduceMin(x, axes, ReduceMin.keepDims(true));
    Operand<TFloat32> span =
        tf.math.maximum(
            tf.math.sub(tf.reduceMax(x, axes, ReduceMax.keepDims(true)), low),
            scope.constant(LEAST));
    Operand<TFloat32> r = // [N, X, Y, Z, 1] in (0, 1]
        tf.math.maximum(tf.math.div(tf.math.sub(x, low), span), scope.constant(LEAST));
    Operand<TFloat32> curved =
        tf.math.add(
            low, tf.math.mul(span, tf.math.pow(r, doublings(scope, column(scope, draws, 0)))));
    Operand<TFloat32> half = scope.constant(0.5f);
    return tf.math.add(
        tf.math.mul(curved, doublings(scope, tf.math.mul(half, column(scope, draws, 1)))),
        tf.math.mul(half, column(scope, draws, 2)));
  }

  /** 2^x. */
  private static Operand<TFloat32> doublings(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    return tf.math.exp(tf.math.mul(x, scope.constant((float) Math.log(2))));
  }

  /** [N, 1, 1, 1, 1]. */
  private static Operand<TFloat32> column(GraphScope scope, Operand<TFloat32> draws, int column) {
    Ops tf = scope.tf();
    return tf.reshape(
        tf.slice(draws, scope.ints(0, column), scope.ints(-1, 1)), scope.ints(-1, 1, 1, 1, 1));
  }
}
