package juxta.toolkit.image;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Turns each image about its middle by an angle of its own, as torchvision's RandomRotation. */
public final class Rotation {
  private Rotation() {}

  /**
   * Turns by angles drawn evenly from -degrees to degrees.
   *
   * @param scope where to build; the seed's purpose is {@code rotation}
   * @param planes [C, B, H, W], H and W known
   * @param degrees the largest angle, 0 or more
   * @return of the same shape, see {@link #by}
   */
  public static Operand<TFloat32> random(
      GraphScope scope, Operand<TFloat32> planes, double degrees) {
    if (degrees == 0) {
      return planes;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> u = // [B] in [0, 1)
        tf.random.statelessRandomUniform(
            Sizes.of(tf, Planes.count(tf, planes)), scope.seed("rotation"));
    Operand<TFloat32> angles =
        tf.math.mul(
            tf.math.sub(u, tf.constant(0.5f)), tf.constant((float) Math.toRadians(2 * degrees)));
    return by(tf, planes, angles);
  }

  /**
   * Turns by given angles. Pixels are mixed of the four around the point that they show (bilinear);
   * what lies outside the image is 0.
   *
   * @param tf where to build
   * @param planes [C, B, H, W], H and W known
   * @param angles radians, counter-clockwise as one looks at the image, [B]
   * @return [C, B, H, W]
   */
  public static Operand<TFloat32> by(Ops tf, Operand<TFloat32> planes, Operand<TFloat32> angles) {
    int h = (int) planes.shape().get(2);
    int w = (int) planes.shape().get(3);
    float[] x = new float[h * w]; // of each pixel's middle, from the image's middle
    float[] y = new float[h * w];
    for (int i = 0; i < h * w; i++) {
      x[i] = i % w - (w - 1) / 2f;
      y[i] = i / w - (h - 1) / 2f;
    }
    Operand<TFloat32> column = tf.expandDims(angles, tf.constant(1)); // [B, 1]
    Operand<TFloat32> cos = tf.math.cos(column);
    Operand<TFloat32> sin = tf.math.sin(column);
    Operand<TFloat32> across = tf.reshape(tf.constant(x), tf.constant(new int[] {1, -1}));
    Operand<TFloat32> down = tf.reshape(tf.constant(y), tf.constant(new int[] {1, -1}));
    // y points down, so a turn of the picture against the clock reads from a point turned with it
    Operand<TFloat32> sourceX = // [B, H W]
        tf.math.add(
            tf.math.sub(tf.math.mul(cos, across), tf.math.mul(sin, down)),
            tf.constant((w - 1) / 2f));
    Operand<TFloat32> sourceY = // [B, H W]
        tf.math.add(
            tf.math.add(tf.math.mul(sin, across), tf.math.mul(cos, down)),
            tf.constant((h - 1) / 2f));
    return sampled(tf, planes, sourceX, sourceY, h, w);
  }

  private static Operand<TFloat32> sampled(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> x, Operand<TFloat32> y, int h, int w) {
    Operand<TInt32> shape = tf.shape(planes);
    Operand<TInt32> c = Sizes.at(tf, shape, 0);
    Operand<TInt32> b = Sizes.at(tf, shape, 1);
    Operand<TFloat32> flat = // [C, B H W]
        tf.reshape(planes, Sizes.of(tf, c, tf.constant(-1)));
    Operand<TInt32> first = // [B, 1], where each image begins
        tf.expandDims(
            tf.math.mul(tf.range(tf.constant(0), b, tf.constant(1)), tf.constant(h * w)),
            tf.constant(1));
    Operand<TFloat32> left = tf.math.floor(x);
    Operand<TFloat32> top = tf.math.floor(y);
    Operand<TFloat32> sum = null;
    for (int corner = 0; corner < 4; corner++) {
      Operand<TFloat32> atX = tf.math.add(left, tf.constant((float) (corner % 2)));
      Operand<TFloat32> atY = tf.math.add(top, tf.constant((float) (corner / 2)));
      Operand<TInt32> index = // [B, H W]
          tf.math.add(
              first,
              tf.math.add(tf.math.mul(whole(tf, atY, h), tf.constant(w)), whole(tf, atX, w)));
      Operand<TFloat32> weight = // [B, H W]
          tf.math.mul(weight(tf, x, atX, w), weight(tf, y, atY, h));
      Operand<TFloat32> part = // [C, B, H W]
          tf.math.mul(tf.gather(flat, index, tf.constant(1)), weight);
      sum = corner == 0 ? part : tf.math.add(sum, part);
    }
    return tf.reshape(sum, Sizes.of(tf, c, b, tf.constant(h), tf.constant(w)));
  }

  /** A pixel's number along an axis; those outside, whose weight is 0, are moved inside. */
  private static Operand<TInt32> whole(Ops tf, Operand<TFloat32> at, int length) {
    return tf.dtypes.cast(
        tf.clipByValue(at, tf.constant(0f), tf.constant(length - 1f)), TInt32.class);
  }

  /** How much a pixel counts at a point: 1 - distance, nothing outside the image. */
  private static Operand<TFloat32> weight(
      Ops tf, Operand<TFloat32> point, Operand<TFloat32> pixel, int length) {
    Operand<TBool> inside =
        tf.math.logicalAnd(
            tf.math.greaterEqual(pixel, tf.constant(0f)),
            tf.math.lessEqual(pixel, tf.constant(length - 1f)));
    return tf.math.mul(
        tf.math.sub(tf.constant(1f), tf.math.abs(tf.math.sub(point, pixel))),
        tf.dtypes.cast(inside, TFloat32.class));
  }
}
