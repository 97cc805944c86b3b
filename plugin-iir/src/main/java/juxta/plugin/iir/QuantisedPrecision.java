package juxta.plugin.iir;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Average precision over the bins of a soft histogram, which has gradients (Revaud et al. 2019;
 * {@code naver/deep-image-retrieval}, {@code dirtorch/loss.py}). This is the sum over steps of the
 * recall; evaluation uses the trapezoid rule instead.
 *
 * @param bins the histogram
 * @param ties whether to take the simplified form that accounts for ties within a bin
 */
record QuantisedPrecision(Bins bins, boolean ties) {
  private static final float TINY = 1e-16f;

  /**
   * AP of each query; 0 where it has no positive.
   *
   * @param s similarities [N, M]
   * @param y 1 where a key is positive, else 0 [N, M]
   * @param kept 1 where a key is in the query's list, else 0 [N, M]
   * @return [N]
   */
  Operand<TFloat32> of(
      GraphScope scope, Operand<TFloat32> s, Operand<TFloat32> y, Operand<TFloat32> kept) {
    Ops tf = scope.tf();
    Operand<TFloat32> listed = tf.expandDims(kept, tf.constant(-1)); // [N, M, 1]
    Operand<TFloat32> delta = tf.math.mul(bins.memberships(tf, s), listed); // [N, M, Q]
    Operand<TFloat32> n = tf.reduceSum(delta, scope.ints(1)); // n_m [N, Q]
    Operand<TFloat32> positive = // n+_m [N, Q]
        tf.reduceSum(tf.math.mul(delta, tf.expandDims(y, tf.constant(-1))), scope.ints(1));
    Operand<TFloat32> all = // N+ [N, 1]
        tf.expandDims(tf.reduceSum(tf.math.mul(y, kept), scope.ints(1)), tf.constant(-1));
    Operand<TFloat32> p = ties ? tied(tf, n, positive) : plain(tf, n, positive); // P_m [N, Q]
    Operand<TFloat32> r = tf.math.divNoNan(positive, all); // R_m [N, Q]
    return tf.reduceSum(tf.math.mul(p, r), scope.ints(1)); // AP = sum_m P_m R_m
  }

  /** P_m = C+_m / C_m with running sums C. */
  private static Operand<TFloat32> plain(Ops tf, Operand<TFloat32> n, Operand<TFloat32> positive) {
    return tf.math.div(running(tf, positive), tf.math.add(running(tf, n), tf.constant(TINY)));
  }

  /** P_m = (C+_{m-1} + C+_m + 1) / (C_{m-1} + C_m + 1). */
  private static Operand<TFloat32> tied(Ops tf, Operand<TFloat32> n, Operand<TFloat32> positive) {
    return tf.math.div(around(tf, positive), around(tf, n));
  }

  /** C_{m-1} + C_m + 1, where C_{m-1} = C_m - n_m. */
  private static Operand<TFloat32> around(Ops tf, Operand<TFloat32> n) {
    Operand<TFloat32> twice = tf.math.mul(running(tf, n), tf.constant(2f));
    return tf.math.add(tf.math.sub(twice, n), tf.constant(1f));
  }

  private static Operand<TFloat32> running(Ops tf, Operand<TFloat32> n) {
    return tf.math.cumsum(n, tf.constant(1));
  }
}
