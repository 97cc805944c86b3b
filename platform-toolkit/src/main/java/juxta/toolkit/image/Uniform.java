package juxta.toolkit.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Uniform numbers that are drawn at once, a row for each purpose. */
final class Uniform {
  private Uniform() {}

  /** The row of [rows, ...]. */
  static Operand<TFloat32> row(Ops tf, Operand<TFloat32> u, int row) {
    return tf.gather(u, tf.constant(row), tf.constant(0));
  }

  /** Numbers of [0, 1) stretched to [low, high). */
  static Operand<TFloat32> between(Ops tf, Operand<TFloat32> u, double low, double high) {
    return tf.math.add(tf.math.mul(u, tf.constant((float) (high - low))), tf.constant((float) low));
  }
}
