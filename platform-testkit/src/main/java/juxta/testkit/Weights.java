package juxta.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.data.Prepared;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Moves the values of parameters between graphs, and applies the functions of a model. */
final class Weights {
  private Weights() {}

  /** Gives parameters their value, and those without one their first. */
  static void restore(GraphBuilder builder, GraphSession session, Map<String, Value> weights) {
    List<String> fresh = new ArrayList<>();
    Map<String, Value> known = new LinkedHashMap<>();
    for (Parameter<?> parameter : builder.parameters()) {
      String name = parameter.name();
      String source = weights.containsKey(name) ? name : builder.followed(name);
      if (weights.containsKey(source)) {
        known.put(name, weights.get(source));
      } else {
        fresh.add(name);
      }
    }
    session.write(known);
    session.initialize(fresh);
  }

  static Map<String, Value> read(GraphBuilder builder, GraphSession session) {
    return session.read(builder.parameters().stream().map(Parameter::name).toList());
  }

  /** What a function makes of the first records of a split. */
  record Applied(Map<String, Value> outputs, List<String> parameters) {}

  static Applied apply(
      ModelFunction function, Split split, int records, Map<String, Value> weights, long seed) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "inference");
      Split given = Prepared.split(function, split);
      Records in = new Records(builder.root().tf(), given, -1);
      Batch inputs = new Batch(Map.of());
      for (Field field : function.prepared()) {
        Operand<? extends TType> stored = in.batch().get(field.name());
        inputs =
            inputs.with(
                field.name(),
                fitted(builder.root(), stored, given.field(field.name()).shape(), field.shape()));
      }
      Map<String, Operand<TFloat32>> outputs =
          new LinkedHashMap<>(function.body().apply(builder.root().frozen(), inputs));
      try (GraphSession session = new GraphSession(builder)) {
        restore(builder, session, weights);
        List<Operand<TFloat32>> fetches = List.copyOf(outputs.values());
        List<Value> values =
            in.feed(Graphs.first(records), fed -> session.values(fed, fetches, List.of()));
        Map<String, Value> found = new LinkedHashMap<>();
        int i = 0;
        for (String name : outputs.keySet()) {
          found.put(name, values.get(i++));
        }
        return new Applied(found, builder.parameters().stream().map(Parameter::name).toList());
      }
    }
  }

  /**
   * The first corner of records, with zeros at the end of axes that are too short, so that a
   * function that is applied to patches gets one of each record.
   */
  private static <T extends TType> Operand<T> fitted(
      GraphScope scope, Operand<T> records, List<Long> stored, List<Long> wanted) {
    if (wanted.size() != stored.size() || wanted.equals(stored)) {
      return records;
    }
    int axes = stored.size() + 1;
    int[] first = new int[axes];
    int[] size = new int[axes];
    int[][] missing = new int[axes][2];
    size[0] = -1;
    for (int axis = 1; axis < axes; axis++) {
      int has = stored.get(axis - 1).intValue();
      int asked = wanted.get(axis - 1) < 0 ? has : wanted.get(axis - 1).intValue();
      size[axis] = Math.min(has, asked);
      missing[axis][1] = asked - size[axis];
    }
    Ops tf = scope.tf();
    Operand<T> corner = tf.slice(records, tf.constant(first), tf.constant(size));
    return tf.pad(corner, tf.constant(missing), tf.dtypes.cast(tf.constant(0), records.type()));
  }

  /** One output of a function for all records, a row a record. */
  static Matrix rows(
      List<ModelFunction> functions,
      String name,
      Split split,
      String output,
      Map<String, Value> weights,
      long seed) {
    ModelFunction function =
        functions.stream()
            .filter(f -> f.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no function '" + name + "'"));
    float[] values =
        Tensors.floats(apply(function, split, split.size(), weights, seed).outputs().get(output));
    return new Matrix(split.size(), values.length / split.size(), values);
  }

  /** Whether the function can be applied to records of the split. */
  static boolean fits(ModelFunction function, Split split) {
    return function.inputs().stream()
        .allMatch(f -> split.has(f.name()) && split.field(f.name()).type() == f.type());
  }
}
