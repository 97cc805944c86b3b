package juxta.plugin.fba;

import java.util.function.UnaryOperator;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Segmentation of slices of any size by a network of a fixed size, between two resizes. */
final class PlanarSegmentation {
  private PlanarSegmentation() {}

  /**
   * Resizes to the size of training, runs the network, and resizes its probabilities back, both
   * times to the nearest pixel: that the greatest class is chosen after the way back instead of
   * before makes no difference.
   *
   * @param volume [N, X, Y, 1, C], with X and Y perhaps known only at run
   * @param size side of the slices that the network sees
   * @param logits the network, [N, size, size, 1, C] to [N, size, size, 1, K]
   * @return probabilities [N, X, Y, 1, K]
   */
  static Operand<TFloat32> apply(
      GraphScope scope,
      Operand<TFloat32> volume,
      int size,
      UnaryOperator<Operand<TFloat32>> logits) {
    Ops tf = scope.tf();
    Operand<TInt32> side = tf.constant(size);
    Operand<TInt32> shape = tf.shape(volume);
    Operand<TInt32> x = tf.gather(shape, tf.constant(1), tf.constant(0));
    Operand<TInt32> y = tf.gather(shape, tf.constant(2), tf.constant(0));
    Operand<TFloat32> seen = // [N, size, size, 1, C]
        resized(scope, resized(scope, volume, 1, x, side), 2, y, side);
    Operand<TFloat32> p = tf.nn.softmax(logits.apply(seen)); // [N, size, size, 1, K]
    return resized(scope, resized(scope, p, 1, side, x), 2, side, y); // [N, X, Y, 1, K]
  }

  /** An axis of length n at the length m. */
  private static Operand<TFloat32> resized(
      GraphScope scope, Operand<TFloat32> x, int axis, Operand<TInt32> n, Operand<TInt32> m) {
    Ops tf = scope.tf();
    Operand<TInt32> places = tf.range(tf.constant(0), m, tf.constant(1));
    return tf.gather(x, Planes.nearest(scope, places, n, m), tf.constant(axis));
  }
}
