package juxta.toolkit.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Sizes of tensors that may be known only when the graph runs. Where they are known at once,
 * TensorFlow folds all of this into constants.
 */
final class Sizes {
  private Sizes() {}

  static Operand<TInt32> at(Ops tf, Operand<TInt32> shape, int axis) {
    return tf.gather(shape, tf.constant(axis), tf.constant(0));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  static Operand<TInt32> of(Ops tf, Operand<TInt32>... sizes) {
    return tf.stack(List.of(sizes));
  }

  static Operand<TFloat32> real(Ops tf, Operand<TInt32> size) {
    return tf.dtypes.cast(size, TFloat32.class);
  }
}
