package juxta.toolkit.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The part of one axis that a view shows. Pixel {@code i} covers {@code [i, i + 1)}. All fields are
 * floats of shape [B, 1, 1], or [1, 1, 1] where all images are treated alike.
 *
 * @param middle the point that the view's middle shows
 * @param step pixels of the image that one pixel of the view covers; negative mirrors the view
 * @param low start of the pixels that may be read
 * @param high end of the pixels that may be read
 */
public record Window(
    Operand<TFloat32> middle,
    Operand<TFloat32> step,
    Operand<TFloat32> low,
    Operand<TFloat32> high) {

  private static final float FAR = 1e6f;

  /**
   * A crop that is resized to the view's side: nothing outside it is read, as if it had been cut
   * out first.
   *
   * @param tf where to build
   * @param start first pixel, [B, 1, 1]
   * @param length number of pixels, [B, 1, 1]
   * @param side pixels of the view
   * @param direction 1, or -1 to mirror, [B, 1, 1] or a scalar
   * @return the window
   */
  public static Window crop(
      Ops tf,
      Operand<TFloat32> start,
      Operand<TFloat32> length,
      int side,
      Operand<TFloat32> direction) {
    return new Window(
        tf.math.add(start, tf.math.mul(length, tf.constant(0.5f))),
        tf.math.mul(tf.math.mul(length, tf.constant(1f / side)), direction),
        start,
        tf.math.add(start, length));
  }

  /**
   * The matrix that samples this window: row i holds the weights of the image's pixels in pixel i
   * of the view, and sums to 1.
   *
   * @param tf where to build
   * @param length pixels of the image along this axis, a scalar
   * @param side pixels of the view
   * @param sampling the kernel
   * @return [B, side, length], or [1, side, length]
   */
  Operand<TFloat32> matrix(Ops tf, Operand<TFloat32> length, int side, Sampling sampling) {
    float[] offsets = new float[side];
    for (int i = 0; i < side; i++) {
      offsets[i] = i + 0.5f - side / 2f;
    }
    Operand<TFloat32> offset = // [1, side, 1]
        tf.reshape(tf.constant(offsets), tf.constant(new int[] {1, side, 1}));
    Operand<TFloat32> pixels = // [1, 1, length], middles of the pixels
        tf.reshape(
            tf.math.add(tf.range(tf.constant(0f), length, tf.constant(1f)), tf.constant(0.5f)),
            tf.constant(new int[] {1, 1, -1}));
    Operand<TFloat32> points = tf.math.add(middle, tf.math.mul(offset, step)); // [B, side, 1]
    // Where the image shrinks the kernel widens with it, so that no pixel goes unseen (antialias).
    Operand<TFloat32> width = // [B, 1, 1]
        sampling == Sampling.NEAREST
            ? tf.constant(1f)
            : tf.math.maximum(tf.math.abs(step), tf.constant(1f));
    Operand<TFloat32> at =
        sampling == Sampling.NEAREST
            ? tf.math.add(tf.math.floor(points), tf.constant(0.5f))
            : points;
    Operand<TFloat32> hidden = // [B, 1, length], 1 where a pixel may not be read
        tf.dtypes.cast(
            tf.math.logicalOr(tf.math.less(pixels, low), tf.math.less(high, pixels)),
            TFloat32.class);
    Operand<TFloat32> places = // hidden pixels are put out of every kernel's reach
        tf.math.add(pixels, tf.math.mul(hidden, tf.constant(FAR)));
    Operand<TFloat32> distance = // [B, side, length]
        tf.math.sub(tf.math.div(at, width), tf.math.div(places, width));
    Operand<TFloat32> weights = sampling.weights(tf, distance);
    // A true division: TensorFlow's 1 / 1 is not quite 1, and what stays must stay to the bit.
    Operand<TFloat32> sums =
        tf.reduceSum(weights, tf.constant(2), org.tensorflow.op.core.ReduceSum.keepDims(true));
    return tf.math.div(weights, sums);
  }
}
