package juxta.plugin.baselines.evaluators;

import java.util.List;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.toolkit.image.ColourJitter;
import juxta.toolkit.image.Planes;
import juxta.toolkit.image.Resample;
import juxta.toolkit.image.Sampling;
import juxta.toolkit.image.Window;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Square tiles as a segmentation head sees them, with their masks.
 *
 * @param image [B, S, S, C], values from 0 to 1
 * @param mask [B, S, S], classes, or {@link Field#IGNORED}
 */
record TileViews(Operand<TFloat32> image, Operand<TInt32> mask) {
  private static final float BYTE = 1 / 255f;

  /** The shorter a window, the larger things look; the rest is room to shift it. */
  private static final float SHORTER = 0.2f;

  /** Hue, saturation and brightness; the code does not say how much. */
  private static final ColourJitter COLOURS = new ColourJitter(0.1, 0, 0.1, 0.05, 1);

  /**
   * Random views: mirrored, turned by quarters, shifted and enlarged by up to a tenth to each side,
   * with other colours.
   *
   * @param scope where to build
   * @param image [B, L, L, C], L and C known
   * @param mask [B, L, L]
   * @param side S
   * @return views
   */
  static TileViews random(GraphScope scope, Operand<TUint8> image, Operand<TUint8> mask, int side) {
    Ops tf = scope.tf();
    int length = (int) image.shape().get(1);
    int channels = (int) image.shape().get(3);
    int b = (int) image.shape().get(0);
    List<? extends Operand<TFloat32>> u = // of each [B, 1, 1], from 0 to 1
        tf.unstack(
                tf.random.statelessRandomUniform(
                    tf.constant(new int[] {6, b, 1, 1}), scope.seed("tiles")),
                6L)
            .output();
    Operand<TFloat32> part = // whole pixels of each window
        tf.math.rint(
            tf.math.mul(
                tf.constant((float) length),
                tf.math.sub(tf.constant(1f), tf.math.mul(u.get(0), tf.constant(SHORTER)))));
    Window rows = window(tf, length, part, u.get(1), u.get(3), side);
    Window columns = window(tf, length, part, u.get(2), u.get(4), side);
    Operand<TFloat32> turned = coin(tf, u.get(5)); // [B, 1, 1], 1 where axes change places
    Operand<TFloat32> x = // [C, B, S, S]
        Resample.planes(tf, image, rows, columns, side, Sampling.BILINEAR);
    x = swapped(tf, tf.math.mul(x, tf.constant(BYTE)), turned);
    x = COLOURS.apply(scope, tf.reshape(x, scope.ints(channels, b, side, side)), channels, 0);
    Operand<TFloat32> m = // [1, B, S, S]
        Resample.planes(
            tf, tf.expandDims(mask, tf.constant(3)), rows, columns, side, Sampling.NEAREST);
    return of(tf, x, swapped(tf, m, turned), side, channels);
  }

  /**
   * The whole tiles as they are, resized if need be.
   *
   * @param scope where to build
   * @param image [B, L, L, C], L and C known
   * @param side S
   * @return [B, S, S, C], values from 0 to 1
   */
  static Operand<TFloat32> whole(GraphScope scope, Operand<TUint8> image, int side) {
    Ops tf = scope.tf();
    int length = (int) image.shape().get(1);
    int channels = (int) image.shape().get(3);
    if (length == side) {
      return tf.math.mul(tf.dtypes.cast(image, TFloat32.class), tf.constant(BYTE));
    }
    Operand<TFloat32> all = cube(tf, length);
    Window window = Window.crop(tf, cube(tf, 0), all, side, tf.constant(1f));
    Operand<TFloat32> x = Resample.planes(tf, image, window, window, side, Sampling.BILINEAR);
    return tf.reshape(
        tf.math.mul(Planes.images(tf, x), tf.constant(BYTE)), scope.ints(-1, side, side, channels));
  }

  private static TileViews of(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> m, int side, int channels) {
    return new TileViews(
        tf.reshape(Planes.images(tf, x), tf.constant(new int[] {-1, side, side, channels})),
        tf.dtypes.cast(
            tf.math.rint(tf.reshape(m, tf.constant(new int[] {-1, side, side}))), TInt32.class));
  }

  /** Starts at a whole pixel, all alike probable; mirrored in half of the cases. */
  private static Window window(
      Ops tf,
      int length,
      Operand<TFloat32> part,
      Operand<TFloat32> place,
      Operand<TFloat32> mirror,
      int side) {
    Operand<TFloat32> room = tf.math.sub(tf.constant((float) length), part);
    Operand<TFloat32> start =
        tf.math.minimum(
            tf.math.floor(tf.math.mul(place, tf.math.add(room, tf.constant(1f)))), room);
    Operand<TFloat32> direction =
        tf.math.sub(tf.constant(1f), tf.math.mul(tf.constant(2f), coin(tf, mirror)));
    return Window.crop(tf, start, part, side, direction);
  }

  private static Operand<TFloat32> coin(Ops tf, Operand<TFloat32> u) {
    return tf.dtypes.cast(tf.math.less(u, tf.constant(0.5f)), TFloat32.class);
  }

  /** Planes [C, B, S, S], those with 1 with their axes swapped. */
  private static Operand<TFloat32> swapped(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> which) {
    Operand<TFloat32> other = tf.linalg.transpose(planes, tf.constant(new int[] {0, 1, 3, 2}));
    return tf.math.add(
        tf.math.mul(planes, tf.math.sub(tf.constant(1f), which)), tf.math.mul(other, which));
  }

  private static Operand<TFloat32> cube(Ops tf, float value) {
    return tf.reshape(tf.constant(value), tf.constant(new int[] {1, 1, 1}));
  }
}
