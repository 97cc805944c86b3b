package juxta.toolkit.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The middle of an image: its shorter side is resized to a length, and a square is cut from the
 * centre, as torchvision's {@code Resize} and {@code CenterCrop} one after the other.
 *
 * @param rows what to show of the first axis
 * @param columns what to show of the second axis
 */
public record CentreCrop(Window rows, Window columns) {
  /**
   * The same windows for all images of a batch.
   *
   * @param tf where to build
   * @param shape [4]: B, H, W, C
   * @param resized pixels of the shorter side after resizing
   * @param side pixels of the square, not more than {@code resized}
   * @return the windows
   */
  public static CentreCrop of(Ops tf, Operand<TInt32> shape, int resized, int side) {
    Operand<TFloat32> h = Sizes.real(tf, Sizes.at(tf, shape, 1));
    Operand<TFloat32> w = Sizes.real(tf, Sizes.at(tf, shape, 2));
    Operand<TFloat32> shorter = tf.math.minimum(h, w);
    return new CentreCrop(
        window(tf, h, shorter, resized, side), window(tf, w, shorter, resized, side));
  }

  private static Window window(
      Ops tf, Operand<TFloat32> length, Operand<TFloat32> shorter, int resized, int side) {
    // The longer side becomes floor(resized * longer / shorter) pixels.
    Operand<TFloat32> scaled =
        tf.math.floor(tf.math.div(tf.math.mul(length, tf.constant((float) resized)), shorter));
    Operand<TFloat32> step = tf.math.div(length, scaled);
    Operand<TFloat32> start = // in pixels of the resized image
        tf.math.rint(
            tf.math.mul(tf.math.sub(scaled, tf.constant((float) side)), tf.constant(0.5f)));
    Operand<TFloat32> middle = tf.math.mul(tf.math.add(start, tf.constant(side / 2f)), step);
    return new Window(
        cube(tf, middle), cube(tf, step), cube(tf, tf.constant(0f)), cube(tf, length));
  }

  private static Operand<TFloat32> cube(Ops tf, Operand<TFloat32> scalar) {
    return tf.reshape(scalar, tf.constant(new int[] {1, 1, 1}));
  }
}
