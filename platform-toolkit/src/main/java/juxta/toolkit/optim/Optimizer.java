package juxta.toolkit.optim;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.toolkit.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Changes parameters against their gradients, once a step. What it remembers between steps is saved
 * state below {@code optimizer}, for example {@code optimizer.momentum.encoder.conv1.weight}.
 *
 * <p>The learning rate is the schedule {@link juxta.api.TrainingPhase#LEARNING_RATE}; a {@link
 * Group} may scale it or set its own.
 */
@FunctionalInterface
public interface Optimizer {
  /**
   * Registers the updates of parameters whose gradients are known.
   *
   * @param root root of the graph
   * @param gradients gradients by parameter, of the parameters' shapes
   */
  void apply(GraphScope root, Map<Parameter<TFloat32>, Operand<TFloat32>> gradients);

  /**
   * Minimises over all trained parameters. Those that the loss does not depend on stay as they are,
   * without weight decay.
   *
   * @param root root of the graph
   * @param loss a scalar
   */
  default void minimize(GraphScope root, Operand<TFloat32> loss) {
    minimize(root, loss, root.parameters());
  }

  /**
   * Minimises over some parameters.
   *
   * @param root root of the graph
   * @param loss a scalar
   * @param parameters the parameters; those that are not trained are left out
   */
  default void minimize(GraphScope root, Operand<TFloat32> loss, List<Parameter<?>> parameters) {
    apply(root, Gradients.ofTrained(root, loss, parameters));
  }

  /**
   * The same optimiser, its gradients clipped by their global norm before it sees them.
   *
   * @param norm greatest norm of all gradients together
   * @return a new optimiser
   */
  default Optimizer clipped(double norm) {
    return (root, gradients) -> apply(root, Clipping.byGlobalNorm(root, gradients, norm));
  }

  /**
   * The same optimiser, each gradient clipped by its own norm before it sees them.
   *
   * @param norm greatest norm of a gradient
   * @return a new optimiser
   */
  default Optimizer clippedEach(double norm) {
    return (root, gradients) -> apply(root, Clipping.byNorm(root, gradients, norm));
  }
}
