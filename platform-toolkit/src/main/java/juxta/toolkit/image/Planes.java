package juxta.toolkit.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Planes [C, B, H, W]: the layout in which the operations of this package work. */
public final class Planes {
  private Planes() {}

  /**
   * Makes planes of images.
   *
   * @param tf where to build
   * @param images [B, H, W, C]
   * @return [C, B, H, W], with the same values
   */
  public static Operand<TFloat32> of(Ops tf, Operand<? extends TNumber> images) {
    return tf.linalg.transpose(
        tf.dtypes.cast(images, TFloat32.class), tf.constant(new int[] {3, 0, 1, 2}));
  }

  /**
   * Makes images of planes.
   *
   * @param tf where to build
   * @param planes [C, B, H, W]
   * @return [B, H, W, C], with the same values
   */
  public static Operand<TFloat32> images(Ops tf, Operand<TFloat32> planes) {
    return tf.linalg.transpose(planes, tf.constant(new int[] {1, 2, 3, 0}));
  }

  /**
   * Number of images.
   *
   * @param tf where to build
   * @param planes [C, B, H, W]
   * @return B, a scalar
   */
  static Operand<TInt32> count(Ops tf, Operand<TFloat32> planes) {
    return Sizes.at(tf, tf.shape(planes), 1);
  }

  /** Limits values to [0, 1]. */
  static Operand<TFloat32> clip(Ops tf, Operand<TFloat32> x) {
    return tf.clipByValue(x, tf.constant(0f), tf.constant(1f));
  }
}
