package juxta.toolkit.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Grey of colours: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, as Pillow and torchvision). */
final class Luma {
  private Luma() {}

  /**
   * Grey of each pixel.
   *
   * @param tf where to build
   * @param x [C, …] with C = 1 or 3
   * @return […]
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    if (x.shape().get(0) == 1) {
      return tf.squeeze(x, org.tensorflow.op.core.Squeeze.axis(List.of(0L)));
    }
    List<? extends Operand<TFloat32>> rgb = tf.unstack(x, 3L).output();
    return tf.math.add(
        tf.math.add(
            tf.math.mul(rgb.get(0), tf.constant(0.299f)),
            tf.math.mul(rgb.get(1), tf.constant(0.587f))),
        tf.math.mul(rgb.get(2), tf.constant(0.114f)));
  }
}
