package juxta.plugin.grass;

import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Computes one tensor of a small graph. */
final class Bench {
  private Bench() {}

  static float[] compute(Function<GraphScope, Operand<TFloat32>> build) {
    return compute(1, build);
  }

  static float[] compute(long seed, Function<GraphScope, Operand<TFloat32>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "train");
      Operand<TFloat32> wanted = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        return session.floats(wanted);
      }
    }
  }

  /** A tensor of given elements. */
  static Operand<TFloat32> tensor(GraphScope scope, float[] values, int... shape) {
    return scope.tf().reshape(scope.tf().constant(values), scope.ints(shape));
  }
}
