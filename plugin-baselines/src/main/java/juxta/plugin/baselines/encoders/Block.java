package juxta.plugin.baselines.encoders;

import juxta.api.Pass;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A residual block of a ResNet. */
sealed interface Block permits BasicBlock, Bottleneck {
  /** Applies the block: [B, H, W, in] to [B, H / stride, W / stride, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass);

  /**
   * Applies the block without its stride: [B, H, W, in] to [B, H, W, out], H and W known.
   *
   * @param before by how much strides left out before this block's own spread its kernels
   * @param after the same with this block's stride
   */
  Operand<TFloat32> dense(Operand<TFloat32> x, Pass pass, int before, int after);
}
