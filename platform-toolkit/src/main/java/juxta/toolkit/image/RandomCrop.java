package juxta.toolkit.image;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Random resized crops as torchvision's {@code RandomResizedCrop}: an area drawn uniformly, an
 * aspect ratio drawn log-uniformly from 3/4 to 4/3, whole pixels, a position drawn uniformly. Ten
 * boxes are drawn for each image and the first that fits is taken; where none fits, the largest
 * centred box of an allowed ratio.
 *
 * @param rows what to show of the first axis
 * @param columns what to show of the second axis, perhaps mirrored
 */
public record RandomCrop(Window rows, Window columns) {
  private static final int ATTEMPTS = 10;
  private static final double LEAST_RATIO = 3 / 4.0;
  private static final double GREATEST_RATIO = 4 / 3.0;

  /**
   * Draws a box, and whether to mirror it, for each image.
   *
   * @param scope where to build; the seed's purpose is {@code crop}
   * @param shape [4]: B, H, W, C
   * @param side pixels of the view
   * @param area share of the image's area
   * @param flip probability of mirroring left and right
   * @return the boxes
   */
  public static RandomCrop draw(
      GraphScope scope, Operand<TInt32> shape, int side, Range area, double flip) {
    Ops tf = scope.tf();
    Operand<TInt32> b = Sizes.at(tf, shape, 0);
    Operand<TFloat32> h = Sizes.real(tf, Sizes.at(tf, shape, 1));
    Operand<TFloat32> w = Sizes.real(tf, Sizes.at(tf, shape, 2));
    List<? extends Operand<TFloat32>> u = // of each [B, 1, ATTEMPTS]
        tf.unstack(
                tf.random.statelessRandomUniform(
                    Sizes.of(tf, tf.constant(3), b, tf.constant(1), tf.constant(ATTEMPTS)),
                    scope.seed("crop")),
                3L)
            .output();

    // height = sqrt(area / ratio), width = sqrt(area * ratio), both rounded
    Operand<TFloat32> root =
        tf.math.sqrt(
            tf.math.mul(Uniform.between(tf, u.get(0), area.low(), area.high()), tf.math.mul(h, w)));
    Operand<TFloat32> stretch = // sqrt(ratio)
        tf.math.exp(
            Uniform.between(tf, u.get(1), Math.log(LEAST_RATIO) / 2, Math.log(GREATEST_RATIO) / 2));
    Operand<TFloat32> heights = tf.math.rint(tf.math.div(root, stretch));
    Operand<TFloat32> widths = tf.math.rint(tf.math.mul(root, stretch));
    Operand<TFloat32> fits =
        tf.math.mul(
            tf.math.mul(
                real(tf, tf.math.lessEqual(heights, h)), real(tf, tf.math.lessEqual(widths, w))),
            real(tf, tf.math.greaterEqual(tf.math.minimum(heights, widths), tf.constant(1f))));
    float[] order = new float[ATTEMPTS];
    for (int i = 0; i < ATTEMPTS; i++) {
      order[i] = ATTEMPTS - i;
    }
    Operand<TFloat32> rank = tf.math.mul(fits, tf.constant(order)); // highest: the first that fits
    Operand<TInt32> last = tf.constant(2);
    Operand<TFloat32> best = tf.reduceMax(rank, last, ReduceMax.keepDims(true)); // [B, 1, 1]
    Operand<TFloat32> first =
        tf.math.mul(real(tf, tf.math.equal(rank, best)), fits); // one 1, or none
    Operand<TFloat32> found = tf.math.minimum(best, tf.constant(1f));
    Operand<TFloat32> missing = tf.math.sub(tf.constant(1f), found);

    Operand<TFloat32> widest = tf.math.mul(h, tf.constant((float) GREATEST_RATIO));
    Operand<TFloat32> tallest = tf.math.div(w, tf.constant((float) LEAST_RATIO));
    Operand<TFloat32> height =
        tf.math.add(
            tf.reduceSum(tf.math.mul(first, heights), last, ReduceSum.keepDims(true)),
            tf.math.mul(missing, tf.math.rint(tf.math.minimum(h, tallest))));
    Operand<TFloat32> width =
        tf.math.add(
            tf.reduceSum(tf.math.mul(first, widths), last, ReduceSum.keepDims(true)),
            tf.math.mul(missing, tf.math.rint(tf.math.minimum(w, widest))));

    List<? extends Operand<TFloat32>> at = // of each [B, 1, 1]
        tf.unstack(
                tf.slice(
                    u.get(2), tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, 1, 3})),
                3L,
                org.tensorflow.op.core.Unstack.axis(2L))
            .output();
    List<Operand<TFloat32>> draws =
        at.stream().<Operand<TFloat32>>map(x -> tf.expandDims(x, tf.constant(2))).toList();
    Operand<TFloat32> direction =
        tf.math.sub(
            tf.constant(1f),
            tf.math.mul(
                tf.constant(2f), real(tf, tf.math.less(draws.get(2), tf.constant((float) flip)))));
    return new RandomCrop(
        Window.crop(tf, start(tf, h, height, draws.get(0), found), height, side, tf.constant(1f)),
        Window.crop(tf, start(tf, w, width, draws.get(1), found), width, side, direction));
  }

  /** A whole pixel from 0 to length - part, all alike probable; the middle where none was found. */
  private static Operand<TFloat32> start(
      Ops tf,
      Operand<TFloat32> length,
      Operand<TFloat32> part,
      Operand<TFloat32> u,
      Operand<TFloat32> found) {
    Operand<TFloat32> room = tf.math.sub(length, part);
    Operand<TFloat32> drawn =
        tf.math.minimum(tf.math.floor(tf.math.mul(u, tf.math.add(room, tf.constant(1f)))), room);
    Operand<TFloat32> centred = tf.math.floor(tf.math.mul(room, tf.constant(0.5f)));
    return tf.math.add(centred, tf.math.mul(found, tf.math.sub(drawn, centred)));
  }

  private static Operand<TFloat32> real(
      Ops tf, Operand<? extends org.tensorflow.types.family.TType> flags) {
    return tf.dtypes.cast(flags, TFloat32.class);
  }
}
