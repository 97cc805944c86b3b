package juxta.toolkit.image;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How a resized image is sampled from its neighbours: the kernels of Pillow's {@code resize}. */
public enum Sampling {
  /** The pixel that holds the point. */
  NEAREST,
  /** A triangle of radius 1, wider where the image shrinks. */
  BILINEAR,
  /**
   * Keys' cubic of radius 2 with a = -0.5, wider where the image shrinks. Pillow and TensorFlow's
   * {@code keyscubic} use -0.5; OpenCV and torch on tensors without antialiasing use -0.75.
   */
  BICUBIC;

  /**
   * The name of a setting's choice.
   *
   * @return the name in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Weights of neighbours, not normalised.
   *
   * @param tf where to build
   * @param distance distances from the sampled point in units of the kernel's radius scale, any
   *     shape
   * @return the weights, of the same shape
   */
  Operand<TFloat32> weights(Ops tf, Operand<TFloat32> distance) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> t = tf.math.abs(distance);
    return switch (this) {
      case NEAREST ->
          tf.dtypes.cast(
              tf.math.logicalAnd(
                  tf.math.less(tf.constant(-0.5f), distance),
                  tf.math.lessEqual(distance, tf.constant(0.5f))),
              TFloat32.class);
      case BILINEAR -> tf.math.maximum(tf.math.sub(one, t), tf.constant(0f));
      case BICUBIC -> {
        // t < 1: (1.5 t - 2.5) t^2 + 1;  t < 2: ((-0.5 t + 2.5) t - 4) t + 2, which is 0 at 2
        Operand<TFloat32> far = tf.math.minimum(t, tf.constant(2f));
        Operand<TFloat32> inner =
            tf.math.add(
                tf.math.mul(
                    tf.math.sub(tf.math.mul(tf.constant(1.5f), t), tf.constant(2.5f)),
                    tf.math.square(t)),
                one);
        Operand<TFloat32> slope =
            tf.math.sub(
                tf.math.mul(
                    tf.math.sub(tf.constant(2.5f), tf.math.mul(tf.constant(0.5f), far)), far),
                tf.constant(4f));
        Operand<TFloat32> outer = tf.math.add(tf.math.mul(slope, far), tf.constant(2f));
        yield tf.select(tf.math.less(t, one), inner, outer);
      }
    };
  }
}
