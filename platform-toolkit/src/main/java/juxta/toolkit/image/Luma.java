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
   * @param planes one plane, which is its own grey, or three, of one shape
   * @return of the shape of a plane
   */
  static Operand<TFloat32> of(Ops tf, List<? extends Operand<TFloat32>> planes) {
    if (planes.size() == 1) {
      return planes.get(0);
    }
    return tf.math.add(
        tf.math.add(
            tf.math.mul(planes.get(0), tf.constant(0.299f)),
            tf.math.mul(planes.get(1), tf.constant(0.587f))),
        tf.math.mul(planes.get(2), tf.constant(0.114f)));
  }
}
