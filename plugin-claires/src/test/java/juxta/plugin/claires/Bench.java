package juxta.plugin.claires;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Numbers that tests draw, and what graphs make of them. */
final class Bench {
  private Bench() {}

  /** What a graph made, and its parameters by name. */
  record Ran(float[] values, Map<String, float[]> parameters) {}

  /** With drawn parameters, so that biases and scales are not 0 and 1. */
  static Ran drawing(double deviation, Function<GraphScope, Operand<TFloat32>> body) {
    Map<String, Value> drawn = drawn(Graphs.parameters(body), deviation);
    Map<String, float[]> floats = new TreeMap<>();
    drawn.forEach((name, value) -> floats.put(name, Tensors.floats(value)));
    return new Ran(Graphs.floats(drawn, body), floats);
  }

  /** A scalar of two matrices [n, d], and its gradients. */
  static List<float[]> withGradients(
      float[][] inputs,
      int columns,
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> body) {
    return Graphs.all(
        scope -> {
          List<Operand<TFloat32>> in =
              List.of(matrix(scope, inputs[0], columns), matrix(scope, inputs[1], columns));
          Operand<TFloat32> value = body.apply(scope, in);
          List<Operand<TFloat32>> all = new ArrayList<>(List.of(value));
          all.addAll(Gradients.of(scope, value, in));
          return all;
        });
  }

  static Operand<TFloat32> matrix(GraphScope scope, float[] values, int columns) {
    return Graphs.tensor(scope, values, -1, columns);
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

  /** Other values for all parameters. */
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
