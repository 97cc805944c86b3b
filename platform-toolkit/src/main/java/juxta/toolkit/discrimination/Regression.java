package juxta.toolkit.discrimination;

import juxta.api.GraphScope;
import juxta.toolkit.contrast.Similarity;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How well predictions meet their targets, which get no gradient. */
public final class Regression {
  private Regression() {}

  /**
   * Mean over rows of cos(p, sg z).
   *
   * @param scope where to build
   * @param p [B, D], predictions of any length
   * @param z [B, D], targets of any length
   * @return a scalar in [-1, 1]
   */
  public static Operand<TFloat32> cosine(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> z) {
    return cosine(scope, p, z, true);
  }

  /** Mean over rows of cos(p, z), through which z gets a gradient unless that is stopped. */
  static Operand<TFloat32> cosine(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> z, boolean stop) {
    Ops tf = scope.tf();
    Operand<TFloat32> targets = stop ? tf.stopGradient(z) : z;
    return tf.math.mean(Similarity.paired(scope, p, targets), scope.ints(0));
  }

  /**
   * Mean over rows of |p / |p| - sg z / |z||^2 = 2 - 2 cos(p, sg z): BYOL, equation 2.
   *
   * @param scope where to build
   * @param p [B, D], predictions of any length
   * @param z [B, D], targets of any length
   * @return a scalar in [0, 4]
   */
  public static Operand<TFloat32> distance(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    return tf.math.sub(scope.constant(2), tf.math.mul(scope.constant(2), cosine(scope, p, z)));
  }
}
