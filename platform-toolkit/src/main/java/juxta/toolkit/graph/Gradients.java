package juxta.toolkit.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/** Gradients of a scalar, for all operations that Juxta knows how to differentiate. */
public final class Gradients {
  private Gradients() {}

  /**
   * Gradients with respect to tensors of the graph.
   *
   * @param scope where to build
   * @param loss a scalar
   * @param tensors any tensors; those that the loss does not depend on get zeros
   * @return gradients of the tensors' shapes, in order
   */
  public static List<Operand<TFloat32>> of(
      GraphScope scope, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> tensors) {
    Map<Integer, Operand<TFloat32>> raw = raw(scope, loss, tensors);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Operand<TFloat32> gradient = raw.get(i);
      gradients.add(gradient == null ? scope.tf().zerosLike(tensors.get(i)) : gradient);
    }
    return gradients;
  }

  /**
   * Gradients with respect to trained parameters.
   *
   * @param scope where to build
   * @param loss a scalar
   * @param parameters parameters; those that are not trained or that the loss does not depend on
   *     are left out of the answer
   * @return gradients by parameter, in the order given
   */
  public static Map<Parameter<TFloat32>, Operand<TFloat32>> ofTrained(
      GraphScope scope, Operand<TFloat32> loss, List<Parameter<?>> parameters) {
    List<Parameter<TFloat32>> trained = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      if (parameter.trained()) {
        @SuppressWarnings("unchecked") // trained parameters are made by GraphScope.weight only
        Parameter<TFloat32> weight = (Parameter<TFloat32>) parameter;
        trained.add(weight);
      }
    }
    Map<Parameter<TFloat32>, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    raw(scope, loss, trained.stream().map(Parameter::value).toList())
        .forEach((i, gradient) -> gradients.put(trained.get(i), gradient));
    return gradients;
  }

  /** Gradients by position; tensors that the loss does not depend on are absent. */
  private static Map<Integer, Operand<TFloat32>> raw(
      GraphScope scope, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> tensors) {
    GradientTable.install();
    Graph graph = (Graph) scope.tf().scope().env();
    Set<GraphOperation> behind = behind((GraphOperation) loss.op());
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (behind.contains((GraphOperation) tensors.get(i).op())) {
        positions.add(i);
      }
    }
    Map<Integer, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    if (positions.isEmpty()) {
      return gradients;
    }
    Output<?>[] targets =
        positions.stream().map(i -> tensors.get(i).asOutput()).toArray(Output<?>[]::new);
    Output<?>[] found = graph.addGradients(loss.asOutput(), targets);
    for (int i = 0; i < found.length; i++) {
      @SuppressWarnings("unchecked") // gradients have the type of what they are gradients of
      Operand<TFloat32> gradient = (Operand<TFloat32>) found[i];
      gradients.put(positions.get(i), gradient);
    }
    return gradients;
  }

  /**
   * Everything that an operation is computed from by way of differentiable paths. TensorFlow
   * refuses tensors without a path to the loss, so they are sorted out here.
   */
  private static Set<GraphOperation> behind(GraphOperation loss) {
    Set<GraphOperation> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>(List.of(loss));
    while (!open.isEmpty()) {
      GraphOperation next = open.pop();
      if (next.type().equals("StopGradient") || !seen.add(next)) {
        continue;
      }
      for (int i = 0; i < next.numInputs(); i++) {
        open.push((GraphOperation) next.input(i).op());
      }
    }
    return seen;
  }
}
