package juxta.plugin.fba;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The Dice loss over several classes, with squares in the denominator. */
final class ClassDice {
  /** Only the denominator is smoothed: a class that is absent and unforeseen costs 1. */
  private static final float SMOOTH = 1e-10f;

  private ClassDice() {}

  /**
   * The mean over the classes of {@code 1 - 2 sum(p t) / (sum p^2 + sum t^2 + 1e-10)}, with each
   * sum over all voxels of the batch as one set.
   *
   * @param p probabilities [n, X, Y, Z, K]
   * @param t number of each voxel's class [n, X, Y, Z]
   * @param doubled whether the numerator has its factor 2; the code that was published with the
   *     method lacks it, so that its loss never falls below 0.5
   */
  static Operand<TFloat32> loss(
      GraphScope scope, Operand<TFloat32> p, Operand<? extends TNumber> t, boolean doubled) {
    Ops tf = scope.tf();
    int classes = (int) p.shape().get(4);
    Operand<TFloat32> hot = // [n, X, Y, Z, K]
        tf.oneHot(
            tf.dtypes.cast(t, TInt32.class),
            tf.constant(classes),
            scope.constant(1),
            scope.constant(0));
    Operand<TFloat32> both = sum(scope, tf.math.mul(p, hot)); // [K]
    Operand<TFloat32> squares = // [K]; t is its own square
        tf.math.add(sum(scope, tf.math.square(p)), sum(scope, hot));
    Operand<TFloat32> overlap =
        tf.math.div(
            tf.math.mul(both, scope.constant(doubled ? 2 : 1)),
            tf.math.add(squares, scope.constant(SMOOTH)));
    return tf.math.mean(tf.math.sub(scope.constant(1), overlap), scope.ints(0));
  }

  private static Operand<TFloat32> sum(GraphScope scope, Operand<TFloat32> x) {
    return scope.tf().reduceSum(x, scope.ints(0, 1, 2, 3));
  }
}
