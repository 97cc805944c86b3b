package juxta.toolkit.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Turns the hue through HSV and back, without leaving RGB in memory. With value V = max, chroma D =
 * max - min and hue h in sixths of a turn, a channel is V - D clip(2 - |k - 2|, 0, 1) where k = (n
 * + h) mod 6 and n = 5, 3, 1 for red, green, blue.
 */
final class Hue {
  private Hue() {}

  /**
   * Turns the hue of each image.
   *
   * @param tf where to build
   * @param x [3, B, N] in [0, 1]
   * @param turn [B, 1], in turns
   * @return [3, B, N] in [0, 1]
   */
  static Operand<TFloat32> turn(Ops tf, Operand<TFloat32> x, Operand<TFloat32> turn) {
    List<? extends Operand<TFloat32>> rgb = tf.unstack(x, 3L).output();
    Operand<TFloat32> r = rgb.get(0);
    Operand<TFloat32> g = rgb.get(1);
    Operand<TFloat32> b = rgb.get(2);
    Operand<TFloat32> value = tf.math.maximum(tf.math.maximum(r, g), b); // [B, N]
    Operand<TFloat32> chroma = tf.math.sub(value, tf.math.minimum(tf.math.minimum(r, g), b));
    // Where the chroma is 0 the hue has no effect: it may be anything finite.
    Operand<TFloat32> unit = tf.math.reciprocal(tf.math.maximum(chroma, tf.constant(1e-12f)));
    var redIsMost = tf.math.equal(value, r);
    var greenIsMost = tf.math.equal(value, g);
    Operand<TFloat32> difference =
        tf.select(
            redIsMost,
            tf.math.sub(g, b),
            tf.select(greenIsMost, tf.math.sub(b, r), tf.math.sub(r, g)));
    Operand<TFloat32> sector =
        tf.select(
            redIsMost, tf.constant(0f), tf.select(greenIsMost, tf.constant(2f), tf.constant(4f)));
    Operand<TFloat32> hue = // in sixths of a turn, beside the turn asked for
        tf.math.add(
            tf.math.add(tf.math.mul(difference, unit), sector), tf.math.mul(turn, tf.constant(6f)));
    Operand<TFloat32> n = // n - 2
        tf.reshape(tf.constant(new float[] {3, 1, -1}), tf.constant(new int[] {3, 1, 1}));
    Operand<TFloat32> k = tf.math.add(tf.expandDims(hue, tf.constant(0)), n); // k - 2: [3, B, N]
    Operand<TFloat32> wrapped = // into [-3, 3]; 2 - |k - 2| clips to the same there
        tf.math.sub(
            k, tf.math.mul(tf.math.rint(tf.math.mul(k, tf.constant(1 / 6f))), tf.constant(6f)));
    Operand<TFloat32> missing = Planes.clip(tf, tf.math.sub(tf.constant(2f), tf.math.abs(wrapped)));
    return tf.math.sub(value, tf.math.mul(chroma, missing));
  }
}
