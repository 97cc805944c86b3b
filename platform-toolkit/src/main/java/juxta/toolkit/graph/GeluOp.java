package juxta.toolkit.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Gaussian error linear unit x Φ(x) with a gradient of its own: compiled where the graph allows
 * it, otherwise one that uses the Φ(x) of the forward pass. A compiled gradient computes Φ(x)
 * again, which takes less time than to store and to read it.
 */
public final class GeluOp {
  private static final String RULE = "gelu";
  private static final String COMPILED = "geluCompiled";

  private GeluOp() {}

  /**
   * Applies the function.
   *
   * @param tf makes operations
   * @param x any shape
   * @return x (1 + erf(x / sqrt 2)) / 2
   */
  public static Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    if (Compiled.allowed(tf)) {
      String there = Compiled.define(tf, "gelu", 1, (t, in) -> List.of(value(t, in.get(0))));
      String back =
          Compiled.define(
              tf, "gelu_back", 2, (t, in) -> gradient(t, in.get(0), phi(t, in.get(0)), in.get(1)));
      Operand<TFloat32> y = Compiled.call(tf, there, 1, List.of(x)).get(0);
      return Compiled.attach(tf, COMPILED, back, tf.ensureShape(y, x.shape()), List.of(x));
    }
    Operand<TFloat32> phi = phi(tf, x);
    return Hooks.attach(tf, RULE, tf.math.mul(x, phi), List.of(x, tf.stopGradient(phi)));
  }

  private static Operand<TFloat32> value(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, phi(tf, x));
  }

  /** Φ(x), the normal distribution. */
  private static Operand<TFloat32> phi(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
    return tf.math.mul(tf.constant(0.5f), tf.math.add(erf, tf.constant(1f)));
  }

  /** d x Φ(x) / dx = Φ(x) + x φ(x), with the density φ of the normal distribution. */
  private static List<Operand<TFloat32>> gradient(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> phi, Operand<TFloat32> dy) {
    Operand<TFloat32> density =
        tf.math.mul(
            tf.constant((float) (1 / Math.sqrt(2 * Math.PI))),
            tf.math.exp(tf.math.mul(tf.constant(-0.5f), tf.math.square(x))));
    return List.of(tf.math.mul(dy, tf.math.add(phi, tf.math.mul(x, density))));
  }

  private static List<Operand<TFloat32>> gradient(
      Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    Operand<TFloat32> phi = Hooks.input(hook, 1);
    return List.of(gradient(tf, Hooks.input(hook, 0), phi, dy).get(0), tf.zerosLike(phi));
  }

  private static List<Operand<TFloat32>> compiledGradient(
      Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    return Compiled.back(
        tf, hook, 1, dy, (t, in) -> gradient(t, in.get(0), phi(t, in.get(0)), in.get(1)));
  }

  /** The gradients of this class by the names of their hooks. */
  static Map<String, Hooks.Gradient> gradients() {
    return Map.of(RULE, GeluOp::gradient, COMPILED, GeluOp::compiledGradient);
  }
}
