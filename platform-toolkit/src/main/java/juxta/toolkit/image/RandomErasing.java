package juxta.toolkit.image;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Puts noise into a box of an image (<a href="https://arxiv.org/abs/1708.04896">Zhong et al.
 * 2020</a>), as DeiT and those after it do: a normal number for each value, on images that are
 * normalised. The box has 2 to 33 per cent of the image and sides in a proportion of 0.3 to 3.3;
 * sides that would be longer than the image's are as long as these.
 */
public final class RandomErasing {
  private static final double LEAST = 0.02;
  private static final double MOST = 1.0 / 3;
  private static final double FLATTEST = 0.3;
  private static final double STEEPEST = 3.3;

  private RandomErasing() {}

  /**
   * Erases in some of the images.
   *
   * @param scope where to build; the seeds' purpose is {@code erasing}
   * @param images normalised, [B, H, W, C], sides known
   * @param probability with which an image loses a box
   * @return of the same shape
   */
  public static Operand<TFloat32> apply(
      GraphScope scope, Operand<TFloat32> images, double probability) {
    if (probability == 0) {
      return images;
    }
    Ops tf = scope.tf();
    int h = (int) images.shape().get(1);
    int w = (int) images.shape().get(2);
    Operand<TInt32> shape = tf.shape(images);
    Operand<TFloat32> u = // [5, B, 1]: whether, area, proportion, place
        tf.random.statelessRandomUniform(
            Sizes.of(tf, tf.constant(5), Sizes.at(tf, shape, 0), tf.constant(1)),
            scope.seed("erasing"));
    Operand<TFloat32> area =
        Uniform.between(tf, Uniform.row(tf, u, 1), LEAST * h * w, MOST * h * w); // [B, 1]
    Operand<TFloat32> root = // of the height by the width
        tf.math.exp(
            Uniform.between(
                tf, Uniform.row(tf, u, 2), Math.log(FLATTEST) / 2, Math.log(STEEPEST) / 2));
    Operand<TFloat32> side = tf.math.sqrt(area);
    Operand<TFloat32> rows =
        within(tf, tf.math.mul(side, root), Uniform.row(tf, u, 3), h); // [B, H]
    Operand<TFloat32> columns =
        within(tf, tf.math.div(side, root), Uniform.row(tf, u, 4), w); // [B, W]
    Operand<TFloat32> chosen = // [B, 1]
        tf.dtypes.cast(
            tf.math.less(Uniform.row(tf, u, 0), tf.constant((float) probability)), TFloat32.class);
    Operand<TFloat32> box = // [B, H, W, 1]
        tf.reshape(
            tf.math.mul(
                tf.expandDims(tf.math.mul(rows, chosen), tf.constant(2)),
                tf.expandDims(columns, tf.constant(1))),
            tf.constant(new int[] {-1, h, w, 1}));
    Operand<TFloat32> noise = tf.random.statelessRandomNormal(shape, scope.seed("erasing/noise"));
    return tf.math.add(images, tf.math.mul(box, tf.math.sub(noise, images)));
  }

  /** 1 where a stretch of the length lies that begins somewhere, else 0: [B, side]. */
  private static Operand<TFloat32> within(
      Ops tf, Operand<TFloat32> length, Operand<TFloat32> place, int side) {
    Operand<TFloat32> whole = // [B, 1]
        tf.math.minimum(
            tf.math.floor(tf.math.add(length, tf.constant(0.5f))), tf.constant((float) side));
    Operand<TFloat32> start =
        tf.math.floor(tf.math.mul(place, tf.math.sub(tf.constant(side + 1f), whole)));
    float[] counted = new float[side];
    for (int i = 0; i < side; i++) {
      counted[i] = i;
    }
    Operand<TFloat32> at = tf.constant(new float[][] {counted}); // [1, side]
    Operand<TBool> inside =
        tf.math.logicalAnd(
            tf.math.greaterEqual(at, start), tf.math.less(at, tf.math.add(start, whole)));
    return tf.dtypes.cast(inside, TFloat32.class);
  }
}
