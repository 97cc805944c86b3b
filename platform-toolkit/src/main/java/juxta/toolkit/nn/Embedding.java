package juxta.toolkit.nn;

import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A table of vectors, looked up by number: parameter {@code weight}. */
public final class Embedding {
  private final GraphScope scope;
  private final Parameter<TFloat32> weight;

  /**
   * Makes the table.
   *
   * @param scope where to make it
   * @param count number of vectors
   * @param width length of a vector
   * @param weight first value, [count, width]; PyTorch's default is {@code Initializers.normal(1)}
   */
  public Embedding(GraphScope scope, int count, int width, Initializer<TFloat32> weight) {
    this.scope = scope;
    this.weight = scope.weight("weight", Layout.PLAIN, weight, count, width);
  }

  /**
   * Looks vectors up.
   *
   * @param ids numbers from 0 to count - 1, any shape
   * @return [..., width]
   */
  public Operand<TFloat32> apply(Operand<TInt32> ids) {
    Ops tf = scope.tf();
    return tf.gather(weight.value(), ids, tf.constant(0));
  }

  /**
   * The table.
   *
   * @return [count, width]
   */
  public Parameter<TFloat32> weight() {
    return weight;
  }
}
