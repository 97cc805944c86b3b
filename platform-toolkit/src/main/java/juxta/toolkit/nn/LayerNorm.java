package juxta.toolkit.nn;

import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.graph.LayerNormOp;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Layer normalisation over the last axis (Ba, Kiros and Hinton, 2016): parameters {@code weight}
 * and {@code bias}.
 */
public final class LayerNorm {
  private final GraphScope scope;
  private final int width;
  private final float epsilon;
  private final Parameter<TFloat32> weight;
  private final Parameter<TFloat32> bias;

  /**
   * Makes the parameters.
   *
   * @param scope where to make them
   * @param width length of the last axis
   * @param epsilon added to the variance: 1e-6 in ViT, 1e-5 in PyTorch's default, 1e-12 in BERT
   */
  public LayerNorm(GraphScope scope, int width, double epsilon) {
    this.scope = scope;
    this.width = width;
    this.epsilon = (float) epsilon;
    this.weight = scope.weight("weight", Layout.PLAIN, Initializers.ones(), width);
    this.bias = scope.weight("bias", Layout.PLAIN, Initializers.zeros(), width);
  }

  /**
   * Applies the layer.
   *
   * @param x [..., width], of rank 2 or more
   * @return [..., width]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    Ops tf = scope.tf();
    if (Shapes.rank(x) == 2) {
      return rows(tf, x);
    }
    Operand<TFloat32> flat = tf.reshape(x, scope.ints(-1, width));
    return tf.reshape(rows(tf, flat), Shapes.withLast(tf, x, width));
  }

  private Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x) {
    return LayerNormOp.apply(tf, x, weight.value(), bias.value(), epsilon);
  }
}
