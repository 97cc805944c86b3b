package juxta.toolkit.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Keeps gradients within bounds. */
public final class Clipping {
  private Clipping() {}

  /**
   * The norm of all tensors together.
   *
   * @param scope where to build
   * @param tensors at least one tensor
   * @return a scalar
   */
  public static Operand<TFloat32> globalNorm(
      GraphScope scope, Collection<Operand<TFloat32>> tensors) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> halves = new ArrayList<>();
    tensors.forEach(tensor -> halves.add(tf.nn.l2Loss(tensor))); // sum(x^2) / 2
    return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halves)));
  }

  /**
   * Scales gradients by min(1, limit / (norm + 1e-6)), as PyTorch's {@code clip_grad_norm_}.
   *
   * @param <K> what the gradients belong to
   * @param scope where to build
   * @param gradients the gradients
   * @param limit greatest norm of all gradients together
   * @return the scaled gradients
   */
  public static <K> Map<K, Operand<TFloat32>> byGlobalNorm(
      GraphScope scope, Map<K, Operand<TFloat32>> gradients, double limit) {
    positive(limit);
    Map<K, Operand<TFloat32>> clipped = new LinkedHashMap<>();
    if (gradients.isEmpty()) {
      return clipped;
    }
    Operand<TFloat32> scale = scale(scope, gradients.values(), limit);
    gradients.forEach((key, gradient) -> clipped.put(key, scope.tf().math.mul(gradient, scale)));
    return clipped;
  }

  /**
   * Scales each gradient by min(1, limit / (its own norm + 1e-6)), as DINO's code.
   *
   * @param <K> what the gradients belong to
   * @param scope where to build
   * @param gradients the gradients
   * @param limit greatest norm of a gradient
   * @return the scaled gradients
   */
  public static <K> Map<K, Operand<TFloat32>> byNorm(
      GraphScope scope, Map<K, Operand<TFloat32>> gradients, double limit) {
    positive(limit);
    Map<K, Operand<TFloat32>> clipped = new LinkedHashMap<>();
    gradients.forEach(
        (key, g) -> clipped.put(key, scope.tf().math.mul(g, scale(scope, List.of(g), limit))));
    return clipped;
  }

  private static void positive(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("cannot clip gradients to norm " + limit);
    }
  }

  private static Operand<TFloat32> scale(
      GraphScope scope, Collection<Operand<TFloat32>> tensors, double limit) {
    Ops tf = scope.tf();
    return tf.math.minimum(
        tf.constant(1f),
        tf.math.div(
            tf.constant((float) limit),
            tf.math.add(globalNorm(scope, tensors), tf.constant(1e-6f))));
  }
}
