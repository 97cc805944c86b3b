package juxta.toolkit.nn;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The two linear layers of a transformer block with GELU between them: {@code fc1}, {@code fc2}.
 */
public final class Mlp {
  private final GraphScope scope;
  private final Linear fc1;
  private final Linear fc2;

  /**
   * Makes the parameters; biases start as zeros.
   *
   * @param scope where to make them
   * @param width length of inputs and outputs
   * @param hidden length between the layers
   * @param weight first value of both weights
   */
  public Mlp(GraphScope scope, int width, int hidden, Initializer<TFloat32> weight) {
    this.scope = scope;
    Optional<Initializer<TFloat32>> bias = Optional.of(Initializers.zeros());
    this.fc1 = new Linear(scope.sub("fc1"), width, hidden, weight, bias);
    this.fc2 = new Linear(scope.sub("fc2"), hidden, width, weight, bias);
  }

  /**
   * Applies the layers.
   *
   * @param x [..., width]
   * @return [..., width]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    return fc2.apply(Gelu.apply(scope.tf(), fc1.apply(x)));
  }
}
