package juxta.toolkit.graph;

import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** Products of float32 tensors that are computed in bfloat16: sums in them stay float32. */
final class Bf16 {
  private Bf16() {}

  /** A product of two tensors whose factors are rounded, and which is rounded itself. */
  static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> a, Operand<TFloat32> b, BinaryOperator<Operand<TBfloat16>> rule) {
    return tf.dtypes.cast(rule.apply(rounded(tf, a), rounded(tf, b)), TFloat32.class);
  }

  private static Operand<TBfloat16> rounded(Ops tf, Operand<TFloat32> x) {
    return tf.dtypes.cast(x, TBfloat16.class);
  }
}
