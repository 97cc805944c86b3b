package juxta.plugin.baselines.encoders;

import juxta.api.Pass;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A residual block of a ResNet. */
sealed interface Block permits BasicBlock, Bottleneck {
  /** Applies the block: [B, H, W, in] to [B, H / stride, W / stride, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass);
}
