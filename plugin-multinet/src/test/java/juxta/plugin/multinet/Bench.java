package juxta.plugin.multinet;

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

/** Computes tensors of a small graph. */
final class Bench {
  private Bench() {}

  static List<float[]> compute(Function<GraphScope, List<Operand<TFloat32>>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      List<Operand<TFloat32>> wanted = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.values(Map.of(), wanted, List.of()).stream().map(Tensors::floats).toList();
      }
    }
  }

  /** A tensor of given rows. */
  static Operand<TFloat32> tensor(GraphScope scope, double[][] rows) {
    return scope
        .tf()
        .reshape(scope.tf().constant(flat(rows)), scope.ints(rows.length, rows[0].length));
  }

  static float[] flat(double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0, at = 0; i < rows.length; i++) {
      for (double value : rows[i]) {
        flat[at++] = (float) value;
      }
    }
    return flat;
  }
}
