package juxta.plugin.claires;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Value;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Small graphs for tests. */
final class Bench {
  private Bench() {}

  /** The values of a graph of its own, with parameters as they start. */
  static float[] values(Function<GraphScope, Operand<TFloat32>> body) {
    return run(body, parameters -> Map.of()).values();
  }

  static float value(Function<GraphScope, Operand<TFloat32>> body) {
    return values(body)[0];
  }

  /** What a graph made, and its parameters by name. */
  record Ran(float[] values, Map<String, float[]> parameters) {}

  /** Some parameters take other first values. */
  static Ran run(
      Function<GraphScope, Operand<TFloat32>> body,
      Function<List<Parameter<?>>, Map<String, Value>> first) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      Operand<TFloat32> value = body.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session.write(first.apply(builder.parameters()));
        Map<String, float[]> read = new TreeMap<>();
        session
            .read(builder.parameters().stream().map(Parameter::name).toList())
            .forEach((name, stored) -> read.put(name, Tensors.floats(stored)));
        return new Ran(session.floats(value), read);
      }
    }
  }

  /** A scalar of two matrices [n, d], and its gradients. */
  static float[][] withGradients(
      float[][] inputs,
      int columns,
      java.util.function.BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> body) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope scope = builder.root();
      List<Operand<TFloat32>> in =
          List.of(matrix(scope, inputs[0], columns), matrix(scope, inputs[1], columns));
      Operand<TFloat32> value = body.apply(scope, in);
      List<Operand<TFloat32>> gradients = Gradients.of(scope, value, in);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return new float[][] {
          session.floats(value), session.floats(gradients.get(0)), session.floats(gradients.get(1))
        };
      }
    }
  }

  static Operand<TFloat32> matrix(GraphScope scope, float[] values, int columns) {
    return scope.tf().reshape(scope.tf().constant(values), scope.ints(-1, columns));
  }

  static Operand<TInt32> tokens(GraphScope scope, int[]... texts) {
    return scope.tf().constant(texts);
  }

  static float[] normal(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Other values for all parameters, so that biases and scales are not 0 and 1. */
  static Map<String, Value> drawn(List<Parameter<?>> parameters, double deviation) {
    Map<String, Value> values = new TreeMap<>();
    for (Parameter<?> parameter : parameters) {
      float[] drawn = normal((int) parameter.elements(), parameter.name().hashCode());
      boolean scale = parameter.name().endsWith("orm.weight"); // of a normalisation
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (float) (deviation * drawn[i] + (scale ? 1 : 0));
      }
      values.put(parameter.name(), Tensors.floats(parameter.dimensions(), drawn));
    }
    return values;
  }
}
