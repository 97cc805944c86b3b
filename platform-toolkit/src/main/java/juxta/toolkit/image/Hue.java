package juxta.toolkit.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Turns the hue through HSV and back, plane by plane. With value V = max, chroma D = max - min and
 * hue h in sixths of a turn, wrapped to [-3, 3], the channels are
 *
 * <pre>
 * red   = V - D clip(|h| - 1, 0, 1)
 * green = V - D clip(2 - |h + 1|, 0, 1)
 * blue  = V - D clip(2 - |h - 1|, 0, 1)
 * </pre>
 *
 * which is the usual conversion by six cases without the cases.
 */
final class Hue {
  private Hue() {}

  /**
   * Turns the hue of each image.
   *
   * @param tf where to build
   * @param rgb three planes, each [B, N] in [0, 1]
   * @param turn [B, 1], in turns
   * @return three planes, each [B, N] in [0, 1]
   */
  static List<Operand<TFloat32>> turn(
      Ops tf, List<? extends Operand<TFloat32>> rgb, Operand<TFloat32> turn) {
    Operand<TFloat32> r = rgb.get(0);
    Operand<TFloat32> g = rgb.get(1);
    Operand<TFloat32> b = rgb.get(2);
    Operand<TFloat32> two = tf.constant(2f);
    Operand<TFloat32> value = tf.math.maximum(tf.math.maximum(r, g), b); // [B, N]
    Operand<TFloat32> chroma = tf.math.sub(value, tf.math.minimum(tf.math.minimum(r, g), b));
    // Where the chroma is 0 the hue has no effect: it may be anything finite.
    Operand<TFloat32> unit = tf.math.reciprocal(tf.math.maximum(chroma, tf.constant(1e-12f)));
    Operand<TBool> redIsMost = tf.math.equal(value, r);
    Operand<TBool> greenIsMost = tf.math.equal(value, g);
    Operand<TFloat32> ofRed = tf.math.mul(tf.math.sub(g, b), unit);
    Operand<TFloat32> ofGreen = tf.math.add(tf.math.mul(tf.math.sub(b, r), unit), two);
    Operand<TFloat32> ofBlue = tf.math.add(tf.math.mul(tf.math.sub(r, g), unit), tf.constant(4f));
    Operand<TFloat32> turned =
        tf.math.add(
            tf.select(redIsMost, ofRed, tf.select(greenIsMost, ofGreen, ofBlue)),
            tf.math.mul(turn, tf.constant(6f)));
    Operand<TFloat32> h = // in [-3, 3]
        tf.math.sub(
            turned,
            tf.math.mul(tf.math.rint(tf.math.mul(turned, tf.constant(1 / 6f))), tf.constant(6f)));
    Operand<TFloat32> one = tf.constant(1f);
    return List.of(
        channel(tf, value, chroma, tf.math.sub(tf.math.abs(h), one)),
        channel(tf, value, chroma, tf.math.sub(two, tf.math.abs(tf.math.add(h, one)))),
        channel(tf, value, chroma, tf.math.sub(two, tf.math.abs(tf.math.sub(h, one)))));
  }

  private static Operand<TFloat32> channel(
      Ops tf, Operand<TFloat32> value, Operand<TFloat32> chroma, Operand<TFloat32> missing) {
    return tf.math.sub(value, tf.math.mul(chroma, Planes.clip(tf, missing)));
  }
}
