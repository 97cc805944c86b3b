package juxta.engine.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import juxta.api.Batch;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Preparation;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.data.Prepared;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Remote;
import juxta.toolkit.graph.Spread;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** A function of a model in a graph of its own, fed from the host. */
final class AppliedFunction implements Evaluation.Applied {
  private final ModelFunction function;
  private final Graph graph = new Graph();
  private final Map<String, Placeholder<?>> inputs = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> outputs;
  private final Map<String, Set<String>> needs = new ConcurrentHashMap<>();
  private final GraphBuilder builder;
  private final GraphSession session;

  AppliedFunction(
      FrozenModel model, String name, List<Field> fields, long seed, ConfigProto config) {
    this(model, name, fields, seed, Optional.empty(), config, Optional.empty());
  }

  /** On a device of those that share the work. */
  AppliedFunction(
      FrozenModel model,
      String name,
      List<Field> fields,
      long seed,
      Placement placement,
      String device) {
    this(
        model,
        name,
        fields,
        seed,
        Optional.of(new Spread(List.of(device), true)),
        placement.passes(),
        placement.remote());
  }

  private AppliedFunction(
      FrozenModel model,
      String name,
      List<Field> fields,
      long seed,
      Optional<Spread> device,
      ConfigProto config,
      Optional<Remote> remote) {
    function = model.function(name);
    GraphSession opened = null;
    try {
      builder = new GraphBuilder(graph, seed, Inference.phase(name), device);
      List<Field> given = function.preparation().map(Preparation::fields).orElse(fields);
      given.forEach(field -> inputs.put(field.name(), placeholder(builder, field)));
      outputs = FrozenModel.build(function, builder.root().frozen(), new Batch(Map.copyOf(inputs)));
      opened = new GraphSession(builder, config, remote);
      Inference.load(model.store(), builder, opened);
      session = opened;
    } catch (RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      graph.close();
      throw e;
    }
  }

  /** Gives the function other weights. */
  void load(ParameterStore store) {
    Inference.load(store, builder, session);
  }

  /** An input of any number of records. */
  static Placeholder<?> placeholder(GraphBuilder builder, Field field) {
    long[] shape =
        LongStream.concat(LongStream.of(-1), field.shape().stream().mapToLong(d -> d)).toArray();
    return builder
        .root()
        .tf()
        .placeholder(Tensors.type(field.type()), Placeholder.shape(Shape.of(shape)));
  }

  @Override
  public Value run(Map<String, Value> batch, String output) {
    Operand<TFloat32> wanted = outputs.get(output);
    if (wanted == null) {
      throw new UserException(
          "function '"
              + function.name()
              + "' has no output '"
              + output
              + "'; it has "
              + outputs.keySet());
    }
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    try {
      Set<String> needed = needs.computeIfAbsent(output, o -> needs(wanted));
      needed.forEach(field -> tensors.put(inputs.get(field), tensor(batch, field)));
      return session.values(tensors, List.of(wanted), List.of()).get(0);
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  /** The inputs that an output is made of. */
  private Set<String> needs(Operand<TFloat32> output) {
    Set<GraphOperation> reached = Reach.of(graph, List.of(output), List.of());
    Set<String> needed = new LinkedHashSet<>(inputs.keySet());
    needed.removeIf(field -> !reached.contains(inputs.get(field).op()));
    return needed;
  }

  @Override
  public Value records(List<Map<String, Value>> records, String output) {
    return run(Prepared.batch(function, records), output);
  }

  @Override
  public Optional<String> objection(Map<String, Value> record) {
    return function.preparation().flatMap(preparation -> preparation.objection(record));
  }

  private static Tensor tensor(Map<String, Value> batch, String field) {
    Value value = batch.get(field);
    if (value == null) {
      throw new IllegalArgumentException("no field '" + field + "' in " + batch.keySet());
    }
    return Tensors.of(value);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
