package juxta.toolkit.nn;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A linear layer y = x W + b: parameters {@code weight} and, where it has one, {@code bias}. */
public final class Linear {
  private final GraphScope scope;
  private final int in;
  private final int out;
  private final Parameter<TFloat32> weight;
  private final Optional<Parameter<TFloat32>> bias;

  /**
   * Makes the parameters with PyTorch's default values.
   *
   * @param scope where to make them
   * @param in length of an input
   * @param out length of an output
   * @param bias whether there is a bias
   */
  public Linear(GraphScope scope, int in, int out, boolean bias) {
    this(
        scope,
        in,
        out,
        Initializers.pytorch(),
        bias ? Optional.of(Initializers.pytorchBias(in)) : Optional.empty());
  }

  /**
   * Makes the parameters.
   *
   * @param scope where to make them
   * @param in length of an input
   * @param out length of an output
   * @param weight first value of the weight, [in, out]
   * @param bias first value of the bias, [out]; empty for a layer without one
   */
  public Linear(
      GraphScope scope,
      int in,
      int out,
      Initializer<TFloat32> weight,
      Optional<Initializer<TFloat32>> bias) {
    this.scope = scope;
    this.in = in;
    this.out = out;
    this.weight = scope.weight("weight", Layout.LINEAR, weight, in, out);
    this.bias = bias.map(initial -> scope.weight("bias", Layout.PLAIN, initial, out));
  }

  /**
   * Applies the layer to the last axis.
   *
   * @param x [..., in], of rank 2 or more
   * @return [..., out]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    Ops tf = scope.tf();
    if (Shapes.rank(x) == 2) {
      return matrix(tf, x);
    }
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, in}));
    return tf.reshape(matrix(tf, flat), Shapes.withLast(tf, x, out));
  }

  private Operand<TFloat32> matrix(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> y = Contractions.matMul(scope, x, weight.value());
    return bias.isPresent() ? tf.nn.biasAdd(y, bias.get().value()) : y;
  }

  /**
   * The weight.
   *
   * @return [in, out]
   */
  public Parameter<TFloat32> weight() {
    return weight;
  }
}
