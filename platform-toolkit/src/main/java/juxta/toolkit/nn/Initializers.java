package juxta.toolkit.nn;

import java.util.Arrays;
import juxta.api.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * First values of parameters. Fans are those of PyTorch, read from the graph's layouts: the last
 * axis of a weight is its output, all others are its input.
 */
public final class Initializers {
  private Initializers() {}

  /**
   * Zeros.
   *
   * @return the initializer
   */
  public static Initializer<TFloat32> zeros() {
    return constant(0);
  }

  /**
   * Ones.
   *
   * @return the initializer
   */
  public static Initializer<TFloat32> ones() {
    return constant(1);
  }

  /**
   * One value everywhere.
   *
   * @param value the value
   * @return the initializer
   */
  public static Initializer<TFloat32> constant(double value) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant((float) value));
  }

  /**
   * A normal distribution around 0.
   *
   * @param deviation its standard deviation
   * @return the initializer
   */
  public static Initializer<TFloat32> normal(double deviation) {
    return (tf, shape, seed) ->
        scaled(tf, tf.random.statelessRandomNormal(tf.constant(shape), seed), deviation);
  }

  /**
   * A normal distribution around 0, cut off at -2 and 2 as in {@code trunc_normal_} of PyTorch and
   * timm. The limits do not scale with the deviation, so that it is the normal distribution for the
   * deviations in use (0.02).
   *
   * @param deviation its standard deviation
   * @return the initializer
   */
  public static Initializer<TFloat32> truncatedNormal(double deviation) {
    return (tf, shape, seed) ->
        tf.clipByValue(
            normal(deviation).create(tf, shape, seed), tf.constant(-2f), tf.constant(2f));
  }

  /**
   * A uniform distribution in [-bound, bound).
   *
   * @param bound its bound
   * @return the initializer
   */
  public static Initializer<TFloat32> uniform(double bound) {
    return (tf, shape, seed) -> {
      Operand<TFloat32> unit = tf.random.statelessRandomUniform(tf.constant(shape), seed);
      return scaled(tf, tf.math.sub(unit, tf.constant(0.5f)), 2 * bound);
    };
  }

  /**
   * Uniform with the bound sqrt(6 / (fan in + fan out)): Glorot and Bengio, 2010.
   *
   * @return the initializer
   */
  public static Initializer<TFloat32> xavierUniform() {
    return xavierUniform(1);
  }

  /**
   * Xavier uniform for several matrices that lie side by side in one: the fused query, key and
   * value of attention are three.
   *
   * @param parts how many matrices share the output axis
   * @return the initializer
   */
  public static Initializer<TFloat32> xavierUniform(int parts) {
    return (tf, shape, seed) ->
        uniform(Math.sqrt(6.0 / (fanIn(shape) + (double) fanOut(shape) / parts)))
            .create(tf, shape, seed);
  }

  /**
   * Normal with the deviation sqrt(2 / fan out): He et al., 2015, in the mode that torchvision's
   * ResNets use.
   *
   * @return the initializer
   */
  public static Initializer<TFloat32> kaimingNormal() {
    return (tf, shape, seed) -> normal(Math.sqrt(2.0 / fanOut(shape))).create(tf, shape, seed);
  }

  /**
   * Uniform with the bound sqrt(6 / fan in): He et al., 2015.
   *
   * @return the initializer
   */
  public static Initializer<TFloat32> kaimingUniform() {
    return (tf, shape, seed) -> uniform(Math.sqrt(6.0 / fanIn(shape))).create(tf, shape, seed);
  }

  /**
   * What PyTorch gives the weights of linear layers and convolutions when told nothing: uniform
   * with the bound 1 / sqrt(fan in).
   *
   * @return the initializer
   */
  public static Initializer<TFloat32> pytorch() {
    return (tf, shape, seed) -> pytorchBias(fanIn(shape)).create(tf, shape, seed);
  }

  /**
   * What PyTorch gives the biases of linear layers and convolutions when told nothing.
   *
   * @param fanIn number of inputs of each output of the layer
   * @return the initializer
   */
  public static Initializer<TFloat32> pytorchBias(long fanIn) {
    return uniform(1 / Math.sqrt(fanIn));
  }

  private static long fanIn(long[] shape) {
    return Arrays.stream(shape).limit(Math.max(1, shape.length - 1)).reduce(1, Math::multiplyExact);
  }

  private static long fanOut(long[] shape) {
    return Arrays.stream(shape).limit(Math.max(0, shape.length - 2)).reduce(1, Math::multiplyExact)
        * shape[shape.length - 1];
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> x, double factor) {
    return tf.math.mul(x, tf.constant((float) factor));
  }
}
