package juxta.toolkit.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Crops, mirrors and resizes in one go. Both axes are sampled by a matrix an image, so that any
 * kernel, antialiasing and mirroring cost the same two batched matrix products, on any device.
 */
public final class Resample {
  private Resample() {}

  /**
   * Samples a window of each image.
   *
   * @param tf where to build
   * @param images [B, H, W, C], of any numeric type
   * @param rows what to show of the first axis
   * @param columns what to show of the second axis
   * @param side pixels of the view, which is square
   * @param sampling the kernel; {@link Sampling#BICUBIC} may overshoot the range of the input
   * @return planes [C, B, side, side] in the units of the input
   */
  public static Operand<TFloat32> planes(
      Ops tf,
      Operand<? extends TNumber> images,
      Window rows,
      Window columns,
      int side,
      Sampling sampling) {
    Operand<TInt32> shape = tf.shape(images);
    Operand<TInt32> b = Sizes.at(tf, shape, 0);
    Operand<TInt32> h = Sizes.at(tf, shape, 1);
    Operand<TInt32> w = Sizes.at(tf, shape, 2);
    Operand<TInt32> c = Sizes.at(tf, shape, 3);
    Operand<TFloat32> floats =
        tf.reshape(tf.dtypes.cast(images, TFloat32.class), Sizes.of(tf, b, h, tf.math.mul(w, c)));
    Operand<TFloat32> byRow = rows.matrix(tf, Sizes.real(tf, h), side, sampling);
    Operand<TFloat32> byColumn = columns.matrix(tf, Sizes.real(tf, w), side, sampling);
    Operand<TFloat32> tall = // [B, side, H] x [B, H, W C] = [B, side, W C]
        tf.train.batchMatMul(byRow, floats, TFloat32.class);
    Operand<TFloat32> planar = // [C, B, side, W]
        tf.linalg.transpose(
            tf.reshape(tall, Sizes.of(tf, b, tf.constant(side), w, c)),
            tf.constant(new int[] {3, 0, 1, 2}));
    return tf.train.batchMatMul( // [C, B, side, side]
        planar, tf.expandDims(byColumn, tf.constant(0)), TFloat32.class, BatchMatMul.adjY(true));
  }
}
