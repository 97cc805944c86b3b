package juxta.toolkit.image;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
    float cx = (w - 1) / 2f;
    float cy = (h - 1) / 2f;
    Operand<TFloat32> cos = tf.expandDims(tf.math.cos(angles), tf.constant(1)); // [B, 1]
    Operand<TFloat32> sin = tf.expandDims(tf.math.sin(angles), tf.constant(1)); // [B, 1]
    Operand<TFloat32> none = tf.math.sub(cos, cos); // [B, 1]
    // Pixel (x, y) shows the point (cos x - sin y + a, sin x + cos y + b), which leaves the middle
    // where it is. y points down, so a turn of the picture against the clock reads from a point
    // turned with it.
    Operand<TFloat32> a = // [B, 1]
        tf.math.add(
            tf.math.mul(tf.math.sub(tf.constant(1f), cos), tf.constant(cx)),
            tf.math.mul(sin, tf.constant(cy)));
    Operand<TFloat32> b = // [B, 1]
        tf.math.sub(
            tf.math.mul(tf.math.sub(tf.constant(1f), cos), tf.constant(cy)),
            tf.math.mul(sin, tf.constant(cx)));
    Operand<TFloat32> matrix = // [B, 8]
        tf.concat(List.of(cos, tf.math.neg(sin), a, sin, cos, b, none, none), tf.constant(1));
    Operand<TInt32> shape = tf.shape(planes);
    Operand<TFloat32> turned = // [C B, H, W, 1]
        tf.image.imageProjectiveTransformV3(
            tf.reshape(planes, tf.constant(new int[] {-1, h, w, 1})),
            tf.tile(matrix, Sizes.of(tf, Sizes.at(tf, shape, 0), tf.constant(1))),
            tf.constant(new int[] {h, w}),
            tf.constant(0f),
            "BILINEAR");
    return tf.reshape(turned, shape);
  }
}
