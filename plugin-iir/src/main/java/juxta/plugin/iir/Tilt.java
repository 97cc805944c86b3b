package juxta.plugin.iir;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Turns images about their middle; corners repeat the pixels at the border. */
final class Tilt {
  private Tilt() {}

  /**
   * Turns each image by an angle of its own.
   *
   * @param scope the seed's purpose is {@code tilt}
   * @param images [B, H, W, C], H and W known
   * @param most greatest turn to either side, in radians
   */
  static Operand<TFloat32> apply(GraphScope scope, Operand<TFloat32> images, double most) {
    Ops tf = scope.tf();
    int height = (int) images.shape().get(1);
    int width = (int) images.shape().get(2);
    Operand<TInt32> b = tf.gather(tf.shape(images), tf.constant(0), tf.constant(0));
    Operand<TFloat32> u =
        tf.random.statelessRandomUniform(tf.stack(List.of(b)), scope.seed("tilt")); // [B]
    Operand<TFloat32> angle =
        tf.math.mul(tf.math.sub(u, tf.constant(0.5f)), tf.constant((float) (2 * most)));
    Operand<TFloat32> cos = tf.math.cos(angle);
    Operand<TFloat32> sin = tf.math.sin(angle);
    // (x, y) of the result shows (cos x - sin y + c, sin x + cos y + d), the middle itself
    float x = (width - 1) / 2f;
    float y = (height - 1) / 2f;
    Operand<TFloat32> c =
        tf.math.sub(
            tf.constant(x),
            tf.math.sub(tf.math.mul(cos, tf.constant(x)), tf.math.mul(sin, tf.constant(y))));
    Operand<TFloat32> d =
        tf.math.sub(
            tf.constant(y),
            tf.math.add(tf.math.mul(sin, tf.constant(x)), tf.math.mul(cos, tf.constant(y))));
    Operand<TFloat32> none = tf.zerosLike(angle);
    Operand<TFloat32> transforms = // [B, 8]
        tf.stack(
            List.of(cos, tf.math.neg(sin), c, sin, cos, d, none, none),
            org.tensorflow.op.core.Stack.axis(1L));
    Operand<TFloat32> turned =
        tf.image.imageProjectiveTransformV3(
            images,
            transforms,
            tf.constant(new int[] {height, width}),
            tf.constant(0f),
            "BILINEAR",
            ImageProjectiveTransformV3.fillMode("NEAREST"));
    // layers need to know the size
    return tf.reshape(turned, scope.ints(-1, height, width, (int) images.shape().get(3)));
  }
}
