package juxta.plugin.iir;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Small graphs for tests. */
final class Bench {
  private Bench() {}

  /** The values of a graph of its own, with parameters as they start. */
  static float[] values(Function<GraphScope, Operand<TFloat32>> body) {
    return all(scope -> List.of(body.apply(scope)))[0];
  }

  static float[][] all(Function<GraphScope, List<Operand<TFloat32>>> body) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      List<Operand<TFloat32>> fetches = body.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.values(Map.of(), fetches, List.of()).stream()
            .map(Tensors::floats)
            .toArray(float[][]::new);
      }
    }
  }

  static Operand<TFloat32> tensor(GraphScope scope, float[] values, long... shape) {
    return scope.tf().reshape(scope.tf().constant(values), scope.tf().constant(shape));
  }
}
