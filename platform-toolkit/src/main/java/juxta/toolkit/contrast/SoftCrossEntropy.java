package juxta.toolkit.contrast;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Cross-entropy between rows of targets and the softmax of rows of logits. */
public final class SoftCrossEntropy {
  /** Large enough that its exponential is 0 in every float type, small enough to stay finite. */
  private static final float FAR = 1e9f;

  private SoftCrossEntropy() {}

  /**
   * Mean over the rows of {@code -sum_j targets_ij * log softmax(logits)_ij}.
   *
   * @param scope where to build
   * @param logits [N, M]
   * @param targets [N, M]; no gradient flows into them
   * @return a scalar
   */
  public static Operand<TFloat32> apply(
      GraphScope scope, Operand<TFloat32> logits, Operand<TFloat32> targets) {
    // one fused operation, which also stays in float32 where matrix products run in bf16
    return scope
        .tf()
        .math
        .mean(
            scope
                .tf()
                .nn
                .softmaxCrossEntropyWithLogits(logits, scope.tf().stopGradient(targets))
                .loss(),
            scope.ints(0));
  }

  /**
   * Logits of which some take no part in the softmax.
   *
   * @param scope where to build
   * @param logits [N, M]
   * @param excluded [N, M], 1 where a pair takes no part, else 0
   * @return [N, M]
   */
  public static Operand<TFloat32> without(
      GraphScope scope, Operand<TFloat32> logits, Operand<TFloat32> excluded) {
    Ops tf = scope.tf();
    return tf.math.sub(logits, tf.math.mul(tf.constant(FAR), tf.stopGradient(excluded)));
  }
}
