package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The terms of the loss that compare voxels. */
final class FbaLoss {
  private static final float SMOOTH = 1e-8f;

  private FbaLoss() {}

  /**
   * The Dice loss over all voxels of a batch as one set, without squares.
   *
   * @param p foreground's probabilities [N, X, Y, Z]
   * @param t foreground's labels [N, X, Y, Z], 0 or 1
   */
  static Operand<TFloat32> dice(GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> t) {
    Ops tf = scope.tf();
    Operand<TFloat32> both = sum(scope, tf.math.mul(p, t));
    Operand<TFloat32> upper =
        tf.math.add(tf.math.mul(scope.constant(2), both), scope.constant(SMOOTH));
    Operand<TFloat32> lower =
        tf.math.add(tf.math.add(sum(scope, p), sum(scope, t)), scope.constant(SMOOTH));
    return tf.math.sub(scope.constant(1), tf.math.div(upper, lower));
  }

  /** S(p) = p^(1/T) / (p^(1/T) + (1 - p)^(1/T)), channel by channel. */
  static Operand<TFloat32> sharpen(GraphScope scope, Operand<TFloat32> p, double temperature) {
    Ops tf = scope.tf();
    Operand<TFloat32> a = power(scope, p, 1 / temperature);
    Operand<TFloat32> b = power(scope, tf.math.sub(scope.constant(1), p), 1 / temperature);
    return tf.math.div(a, tf.math.add(a, b));
  }

  /** Whole powers by squaring, which takes a tenth of the time of logarithms. */
  private static Operand<TFloat32> power(GraphScope scope, Operand<TFloat32> x, double exponent) {
    Ops tf = scope.tf();
    long whole = Math.round(exponent);
    if (Math.abs(exponent - whole) > 1e-9) {
      return tf.math.pow(x, scope.constant((float) exponent));
    }
    Operand<TFloat32> square = x; // x, x^2, x^4, ...
    Operand<TFloat32> product = null;
    for (long rest = whole; rest > 0; rest >>= 1) {
      if (rest % 2 == 1) {
        product = product == null ? square : tf.math.mul(product, square);
      }
      square = rest > 1 ? tf.math.square(square) : square;
    }
    return product;
  }

  /**
   * The sum over ordered pairs of decoders of the mean square between the one's probabilities and
   * the other's sharpened ones. Gradients flow into both.
   *
   * @param probabilities of each decoder [N, X, Y, Z, C]
   */
  static Operand<TFloat32> consistency(
      GraphScope scope, List<Operand<TFloat32>> probabilities, double temperature) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> sharp =
        probabilities.stream().map(p -> sharpen(scope, p, temperature)).toList();
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < sharp.size(); i++) {
      for (int j = 0; j < sharp.size(); j++) {
        if (i != j) {
          terms.add(
              tf.math.mean(
                  tf.math.squaredDifference(probabilities.get(i), sharp.get(j)),
                  scope.ints(0, 1, 2, 3, 4)));
        }
      }
    }
    return terms.isEmpty() ? scope.constant(0) : tf.math.addN(terms);
  }

  private static Operand<TFloat32> sum(GraphScope scope, Operand<TFloat32> x) {
    return scope.tf().reduceSum(x, scope.ints(0, 1, 2, 3));
  }
}
