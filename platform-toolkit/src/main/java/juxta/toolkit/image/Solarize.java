package juxta.toolkit.image;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Inverts all values that are at least one half, which is 128 of 255. */
public final class Solarize {
  /** Between 127 / 255 and 128 / 255: a byte of 128 is inverted, one of 127 is not. */
  private static final float THRESHOLD = 0.5f;

  /** Above every value. */
  private static final float NEVER = 2f;

  private Solarize() {}

  /**
   * Solarizes some of the images.
   *
   * @param scope where to build; the seed's purpose is {@code solarize}
   * @param planes [C, B, H, W] in [0, 1]
   * @param probability of a change
   * @return planes of the same shape
   */
  public static Operand<TFloat32> apply(
      GraphScope scope, Operand<TFloat32> planes, double probability) {
    if (probability == 0) {
      return planes;
    }
    Ops tf = scope.tf();
    Operand<TInt32> b = Planes.count(tf, planes);
    Operand<TFloat32> u = // [B, 1]
        tf.random.statelessRandomUniform(Sizes.of(tf, b, tf.constant(1)), scope.seed("solarize"));
    Operand<TFloat32> threshold = // [B, 1]
        tf.select(
            tf.math.less(u, tf.constant((float) probability)),
            tf.constant(THRESHOLD),
            tf.constant(NEVER));
    Operand<TInt32> shape = tf.shape(planes);
    Operand<TInt32> c = Sizes.at(tf, shape, 0);
    Operand<TFloat32> x = // [C B, H W]: broadcasts of two axes are the fast ones
        tf.reshape(planes, Sizes.of(tf, tf.math.mul(c, b), tf.constant(-1)));
    Operand<TFloat32> thresholds = // [C B, 1]
        tf.tile(threshold, Sizes.of(tf, c, tf.constant(1)));
    Operand<TFloat32> inverted =
        tf.select(tf.math.less(x, thresholds), x, tf.math.sub(tf.constant(1f), x));
    return tf.reshape(inverted, shape);
  }
}
