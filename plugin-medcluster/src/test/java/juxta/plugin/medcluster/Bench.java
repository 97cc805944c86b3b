package juxta.plugin.medcluster;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Computes one tensor of a small graph. */
final class Bench {
  private Bench() {}

  /** With the parameters' first values. */
  static Value compute(Function<GraphScope, Operand<TFloat32>> build) {
    return compute(Map.of(), build);
  }

  /** With some parameters given by name. */
  static Value compute(
      Map<String, Value> parameters, Function<GraphScope, Operand<TFloat32>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "bench");
      Operand<TFloat32> wanted = builder.root().tf().identity(build.apply(builder.root()));
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session.write(parameters);
        return session.values(Map.of(), List.of(wanted), List.of()).get(0);
      }
    }
  }

  static float[] floats(Function<GraphScope, Operand<TFloat32>> build) {
    return Tensors.floats(compute(build));
  }

  static float[] floats(
      Map<String, Value> parameters, Function<GraphScope, Operand<TFloat32>> build) {
    return Tensors.floats(compute(parameters, build));
  }

  /** A tensor of given elements. */
  static Operand<TFloat32> tensor(GraphScope scope, float[] values, int... shape) {
    return scope.tf().reshape(scope.tf().constant(values), scope.ints(shape));
  }
}
