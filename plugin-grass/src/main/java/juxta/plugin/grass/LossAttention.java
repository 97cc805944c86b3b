package juxta.plugin.grass;

import java.util.List;
import juxta.api.GraphScope;
import juxta.api.UserException;
import juxta.toolkit.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Where in a view the features lie that raise the contrastive loss: Grad-CAM of the loss, but with
 * both signs.
 *
 * <pre>
 *   a[i, c]    = mean over y, x of dL / dF[i, y, x, c]
 *   A[i, y, x] = mean over c of a[i, c] * F[i, y, x, c],  divided by its greatest value
 * </pre>
 */
final class LossAttention {
  private LossAttention() {}

  /**
   * The loss attention maps. No gradient flows through them.
   *
   * @param scope where to build
   * @param loss L, a scalar
   * @param f F, the last feature map of the encoder, [2N, h, w, D]
   * @return A, [2N, h, w], at most 1; zeros where no value is positive, since dividing by a
   *     negative one would turn the map round (own choice: the released code divides)
   * @throws UserException if the loss is not computed from the map, or the map has one place only
   */
  static Operand<TFloat32> of(GraphScope scope, Operand<TFloat32> loss, Operand<TFloat32> f) {
    Ops tf = scope.tf();
    Operand<TFloat32> df = gradient(scope, loss, f); // dF, [2N, h, w, D]
    Operand<TFloat32> weights = // a, [2N, 1, 1, D]
        tf.math.mean(df, scope.ints(1, 2), org.tensorflow.op.math.Mean.keepDims(true));
    Operand<TFloat32> map = // [2N, h, w]
        tf.math.mean(tf.math.mul(weights, f), scope.ints(3));
    Operand<TFloat32> zero = scope.constant(0);
    Operand<TFloat32> greatest = tf.max(map, scope.ints(1, 2), Max.keepDims(true)); // [2N, 1, 1]
    Operand<TBool> positive = tf.math.greater(greatest, zero);
    Operand<TFloat32> divisor = tf.select(positive, greatest, scope.constant(1));
    return tf.stopGradient(tf.select(positive, tf.math.div(map, divisor), zero));
  }

  /**
   * dL / dF. Only the head is gone back through: F is where the encoder ends.
   *
   * @param scope where to build
   * @param loss L, a scalar
   * @param f F, [2N, h, w, D]
   * @return [2N, h, w, D]
   * @throws UserException see {@link #of}
   */
  static Operand<TFloat32> gradient(GraphScope scope, Operand<TFloat32> loss, Operand<TFloat32> f) {
    if (f.shape().get(1) == 1 && f.shape().get(2) == 1) {
      throw new UserException(
          "the encoder's feature map has one place only, so there is no region to choose; take"
              + " larger views (augmentation.size) or an encoder that shrinks them less"
              + " (encoder.stem=cifar)");
    }
    Operand<TFloat32> df = Gradients.of(scope, loss, List.of(f)).get(0);
    if (df.op().type().equals("ZerosLike")) { // what Gradients gives where there is no path
      throw new UserException(
          "the encoder does not make its embedding from its feature map, so the loss has no"
              + " gradient there; choose a convolutional encoder such as resnet50 or resnet-small");
    }
    return df;
  }
}
