package juxta.plugin.fba;

import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Small graphs for tests. */
final class Bench {
  private Bench() {}

  /** The values of a graph of its own, with parameters as they start. */
  static float[] values(Function<GraphScope, Operand<TFloat32>> body) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      Operand<TFloat32> value = body.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.floats(value);
      }
    }
  }

  static float value(Function<GraphScope, Operand<TFloat32>> body) {
    return values(body)[0];
  }

  /** Number of trained values that a graph makes; nothing is run. */
  static long trained(Function<GraphScope, ?> body) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      body.apply(builder.root());
      return builder.parameters().stream()
          .filter(Parameter::trained)
          .mapToLong(p -> p.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b))
          .sum();
    }
  }

  static Operand<TFloat32> tensor(GraphScope scope, float[] values, long... shape) {
    return scope.tf().reshape(scope.tf().constant(values), scope.tf().constant(shape));
  }
}
