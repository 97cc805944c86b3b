package juxta.toolkit.nn;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Random masks that leave the expectation as it is. */
final class Masks {
  private Masks() {}

  /** A rate of things to drop, checked. */
  static double rate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate " + rate + " is not in [0, 1)");
    }
    return rate;
  }

  /** Multiplies x by 0 with probability {@code rate}, else by 1 / (1 - rate). */
  static Operand<TFloat32> drop(
      GraphScope scope, String purpose, double rate, Operand<TFloat32> x, Operand<TInt32> shape) {
    Ops tf = scope.tf();
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(shape, scope.seed(scope.name() + "/" + purpose));
    Operand<TFloat32> mask =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), TFloat32.class);
    return tf.math.mul(x, tf.math.mul(mask, tf.constant((float) (1 / (1 - rate)))));
  }
}
