package juxta.toolkit.graph;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * What stays in float32 where training runs in bf16: similarities, statistics of a batch, losses.
 *
 * <p>On a processor bf16 is TensorFlow's rewrite of the finished graph. It takes every matrix
 * product, and what lies between two of them, sums included. Values of another type are not its
 * business, so a pass through float64 keeps it out, forward and backward. On a card the layers
 * decide for themselves, and nothing has to be kept out.
 */
public final class Exact {
  private Exact() {}

  private static boolean rewritten(GraphScope scope) {
    return scope.arithmetic().bf16() && scope.arithmetic().processor();
  }

  /**
   * The same values; what is computed of them up to the next matrix product, or the next fence, is
   * computed in float32, and so are the gradients between.
   *
   * @param scope where to build
   * @param x any shape
   * @return x
   */
  public static Operand<TFloat32> fence(GraphScope scope, Operand<TFloat32> x) {
    return rewritten(scope) ? narrow(scope.tf(), wide(scope.tf(), x)) : x;
  }

  /**
   * The product of two matrices, not rounded to bf16. For the few products of a loss: those of
   * layers are {@link Contractions#matMul}.
   *
   * @param scope where to build
   * @param a [n, k], or as the options say
   * @param b [k, m], or as the options say
   * @param options which of them is transposed
   * @return [n, m]
   */
  public static Operand<TFloat32> matMul(
      GraphScope scope, Operand<TFloat32> a, Operand<TFloat32> b, MatMul.Options... options) {
    Ops tf = scope.tf();
    return rewritten(scope)
        ? narrow(tf, tf.linalg.matMul(wide(tf, a), wide(tf, b), options))
        : tf.linalg.matMul(a, b, options);
  }

  private static Operand<TFloat64> wide(Ops tf, Operand<TFloat32> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }

  private static Operand<TFloat32> narrow(Ops tf, Operand<TFloat64> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }
}
