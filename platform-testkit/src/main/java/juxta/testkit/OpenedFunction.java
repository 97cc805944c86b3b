package juxta.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import juxta.api.Batch;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Preparation;
import juxta.api.Value;
import juxta.toolkit.data.Prepared;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A function of a model, fed from the host. */
final class OpenedFunction implements Evaluation.Applied {
  private final Graph graph = new Graph();
  private final Map<String, Placeholder<?>> inputs = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> outputs;
  private final GraphSession session;
  private final ModelFunction function;

  /** Weights that are not given have the first values of their graph. */
  OpenedFunction(
      ModelFunction function, List<Field> fields, long seed, Map<String, Value> weights) {
    this.function = function;
    GraphBuilder builder = new GraphBuilder(graph, seed, "inference");
    for (Field field : function.preparation().map(Preparation::fields).orElse(fields)) {
      long[] shape =
          LongStream.concat(LongStream.of(-1), field.shape().stream().mapToLong(d -> d)).toArray();
      inputs.put(
          field.name(),
          builder
              .root()
              .tf()
              .placeholder(Tensors.type(field.type()), Placeholder.shape(Shape.of(shape))));
    }
    outputs = function.body().apply(builder.root().frozen(), new Batch(Map.copyOf(inputs)));
    session = new GraphSession(builder);
    Weights.restore(builder, session, weights);
  }

  @Override
  public Value run(Map<String, Value> batch, String output) {
    Promise.require(outputs.containsKey(output), "no output '" + output + "' of " + outputs);
    Promise.require(
        batch.keySet().containsAll(inputs.keySet()),
        "a run with " + batch.keySet() + " of a function opened for " + inputs.keySet());
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    try {
      inputs.forEach((name, input) -> tensors.put(input, Tensors.of(batch.get(name))));
      return session.values(tensors, List.of(outputs.get(output)), List.of()).get(0);
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  @Override
  public Value records(List<Map<String, Value>> records, String output) {
    return run(Prepared.batch(function, records), output);
  }

  @Override
  public Optional<String> objection(Map<String, Value> record) {
    return function.preparation().flatMap(preparation -> preparation.objection(record));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
