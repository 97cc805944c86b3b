package juxta.toolkit.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Layer normalisation of rows, with a gradient of its own that needs no more of the forward pass
 * than each row's mean and deviation; compiled where the graph allows it.
 */
public final class LayerNormOp {
  private static final String RULE = "layerNorm";

  private LayerNormOp() {}

  /**
   * Applies the function.
   *
   * @param tf makes operations
   * @param x [n, width]
   * @param weight [width]
   * @param bias [width]
   * @param epsilon added to the variance
   * @return weight (x - mean) / sqrt(variance + epsilon) + bias, [n, width]
   */
  public static Operand<TFloat32> apply(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> weight,
      Operand<TFloat32> bias,
      float epsilon) {
    List<Operand<TFloat32>> in = List.of(x, weight, bias);
    if (!Compiled.allowed(tf)) {
      return attach(tf, Compiled.NONE, forward(tf, in, epsilon), x, weight, bias);
    }
    String there = Compiled.define(tf, "layer_norm", 3, (t, i) -> forward(t, i, epsilon));
    String back = Compiled.define(tf, "layer_norm_back", 6, LayerNormOp::backward);
    return attach(tf, back, Compiled.call(tf, there, 3, in), x, weight, bias);
  }

  private static Operand<TFloat32> attach(
      Ops tf,
      String back,
      List<Operand<TFloat32>> results,
      Operand<TFloat32> x,
      Operand<TFloat32> weight,
      Operand<TFloat32> bias) {
    return Compiled.attach(
        tf,
        RULE,
        back,
        tf.ensureShape(results.get(0), x.shape()),
        List.of(x, weight, bias, tf.stopGradient(results.get(1)), tf.stopGradient(results.get(2))));
  }

  /** From x, weight and bias: the value, and of each row the mean and 1 / deviation, [n, 1]. */
  private static List<Operand<TFloat32>> forward(
      Ops tf, List<Operand<TFloat32>> in, float epsilon) {
    Operand<TFloat32> mean = mean(tf, in.get(0));
    Operand<TFloat32> centred = tf.math.sub(in.get(0), mean);
    Operand<TFloat32> variance = mean(tf, tf.math.square(centred));
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(variance, tf.constant(epsilon)));
    Operand<TFloat32> normalised = tf.math.mul(centred, scale);
    return List.of(tf.math.add(tf.math.mul(normalised, in.get(1)), in.get(2)), mean, scale);
  }

  /**
   * With n = (x - mean) scale and g = dy weight: dx = scale (g - mean(g) - n mean(g n)), dweight =
   * the sum of dy n over the rows.
   */
  private static List<Operand<TFloat32>> backward(Ops tf, List<Operand<TFloat32>> in) {
    Operand<TFloat32> scale = in.get(4);
    Operand<TFloat32> dy = in.get(5);
    Operand<TFloat32> n = tf.math.mul(tf.math.sub(in.get(0), in.get(3)), scale);
    Operand<TFloat32> g = tf.math.mul(dy, in.get(1));
    Operand<TFloat32> along = tf.math.mul(n, mean(tf, tf.math.mul(g, n)));
    Operand<TFloat32> dx = tf.math.mul(scale, tf.math.sub(tf.math.sub(g, mean(tf, g)), along));
    return List.of(dx, tf.reduceSum(tf.math.mul(dy, n), tf.constant(0)));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(-1), Mean.keepDims(true));
  }

  private static List<Operand<TFloat32>> gradient(
      Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    List<Operand<TFloat32>> d = Compiled.back(tf, hook, 2, dy, LayerNormOp::backward);
    return List.of(
        d.get(0),
        d.get(1),
        tf.nn.biasAddGrad(dy), // TensorFlow's own sum of rows is the faster one
        tf.zerosLike(Hooks.input(hook, 3)),
        tf.zerosLike(Hooks.input(hook, 4)));
  }

  /** The gradient of this class by the name of its hook. */
  static Map<String, Hooks.Gradient> gradients() {
    return Map.of(RULE, LayerNormOp::gradient);
  }
}
