package juxta.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.GraphScope;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Builds small graphs, runs them and gives everything back. */
final class Graphs {
  private Graphs() {}

  /** Runs a graph without inputs. */
  static float[][] floats(Function<GraphScope, List<Operand<TFloat32>>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "contract");
      List<Operand<TFloat32>> fetches = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.values(Map.of(), fetches, List.of()).stream()
            .map(Tensors::floats)
            .toArray(float[][]::new);
      }
    }
  }

  /** Runs a graph on some records, once at each of the given steps, with fresh parameters. */
  static List<List<Value>> values(
      long seed,
      Split split,
      int[] records,
      List<Long> steps,
      BiFunction<GraphScope, Batch, List<? extends Operand<? extends TType>>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "contract");
      Records in = new Records(builder.root().tf(), split, records.length);
      List<? extends Operand<? extends TType>> fetches = build.apply(builder.root(), in.batch());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        List<List<Value>> values = new ArrayList<>();
        for (long step : steps) {
          session.step(step);
          values.add(in.feed(records, fed -> session.values(fed, fetches, List.of())));
        }
        return values;
      }
    }
  }

  /** The first records of a split. */
  static int[] first(int n) {
    return IntStream.range(0, n).toArray();
  }

  /** A matrix of constants, with an operation behind it that gradients can end at. */
  static Operand<TFloat32> matrix(GraphScope scope, int columns, float[] values) {
    return scope
        .tf()
        .reshape(scope.tf().constant(values), scope.ints(values.length / columns, columns));
  }

  /** Whether all elements are finite. */
  static boolean finite(Value value) {
    for (float x : Tensors.floats(value)) {
      if (!Float.isFinite(x)) {
        return false;
      }
    }
    return true;
  }
}
