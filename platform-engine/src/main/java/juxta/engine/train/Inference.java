package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Sampler;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.data.Prepared;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Applies a model's function to all records of a split, in float32. */
final class Inference {
  /** Records at once: large enough for the device, small enough for memory. */
  private static final int BATCH = 250;

  private final long seed;
  private final Placement placement;
  private final Monitor monitor;

  Inference(long seed, Placement placement, Monitor monitor) {
    this.seed = seed;
    this.placement = placement;
    this.monitor = monitor;
  }

  Matrix run(FrozenModel model, String functionName, Split split, String output) {
    ModelFunction function = model.function(functionName);
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, phase(functionName));
      Feed feed = new Feed(builder.root().tf(), "inference", Prepared.split(function, split), -1);
      Map<String, Operand<TFloat32>> outputs =
          FrozenModel.build(function, builder.root().frozen(), inputs(function, feed.batch()));
      Operand<TFloat32> wanted = outputs.get(output);
      if (wanted == null) {
        throw new UserException(
            "function '"
                + functionName
                + "' has no output '"
                + output
                + "'; it has "
                + outputs.keySet());
      }
      try (GraphSession session = new GraphSession(builder, placement.config(Precision.FLOAT32))) {
        load(model.store(), builder, session);
        feed.settle(Reach.of(graph, List.of(wanted), List.of()));
        feed.start(session::feed);
        return rows(session, feed, wanted, split.size());
      }
    }
  }

  /** A function with the model's weights, for inputs that are no split of data. */
  AppliedFunction open(FrozenModel model, String functionName, List<Field> inputs) {
    return new AppliedFunction(
        model, functionName, inputs, seed, placement.config(Precision.FLOAT32));
  }

  /** Two functions that draw at random draw differently. */
  static String phase(String functionName) {
    return "inference " + functionName;
  }

  private static Batch inputs(ModelFunction function, Batch batch) {
    Batch inputs = new Batch(Map.of());
    for (Field field : function.prepared()) {
      inputs = inputs.with(field.name(), batch.get(field.name()));
    }
    return inputs;
  }

  static void load(ParameterStore store, GraphBuilder builder, GraphSession session) {
    List<String> fresh = new ArrayList<>();
    Map<String, Value> known = new LinkedHashMap<>();
    for (Parameter<?> parameter : builder.parameters()) {
      if (store.has(parameter.name())) {
        known.put(parameter.name(), store.value(parameter.name()));
      } else {
        fresh.add(parameter.name());
      }
    }
    session.write(known);
    session.initialize(fresh);
  }

  private Matrix rows(GraphSession session, Feed feed, Operand<TFloat32> wanted, int size) {
    float[] all = new float[0];
    int columns = 0;
    try (Prefetch prefetch = new Prefetch(batches(size), batch -> prepare(feed, batch, size))) {
      for (long batch = 0; batch < batches(size); batch++) {
        try (Prefetch.Prepared prepared = prefetch.take(batch)) {
          session.step(batch); // a function that draws at random draws anew for each batch
          int[] records = prepared.records().get(Sampler.MAIN);
          float[] part =
              Tensors.floats(session.values(prepared.tensors(), List.of(wanted), List.of()).get(0));
          if (batch == 0) {
            columns = part.length / records.length;
            all = new float[Math.multiplyExact(size, columns)];
          }
          System.arraycopy(part, 0, all, records[0] * columns, part.length);
          monitor.progress(records[0] + records.length, size, "records");
        }
      }
    }
    return new Matrix(size, columns, all);
  }

  private static long batches(int size) {
    return (size + BATCH - 1L) / BATCH;
  }

  private static Prefetch.Prepared prepare(Feed feed, long batch, int size) {
    int from = Math.toIntExact(batch * BATCH);
    int[] records = IntStream.range(from, Math.min(size, from + BATCH)).toArray();
    return new Prefetch.Prepared(batch, Map.of(Sampler.MAIN, records), feed.tensors(records));
  }

  /** Adds first values of the parameters that functions have and the store lacks. */
  ParameterStore untrained(List<ModelFunction> functions, Split split, ParameterStore known) {
    ParameterStore store = new ParameterStore(known.entries());
    for (ModelFunction function : functions) {
      if (!function.inputs().stream().allMatch(f -> split.has(f.name()) && same(f, split))) {
        continue;
      }
      try (Graph graph = new Graph()) {
        GraphBuilder builder = new GraphBuilder(graph, seed, "inference");
        FrozenModel.build(function, builder.root(), placeholders(builder, function, split));
        List<Parameter<?>> missing =
            builder.parameters().stream().filter(p -> !store.has(p.name())).toList();
        try (GraphSession session =
            new GraphSession(builder, placement.config(Precision.FLOAT32))) {
          List<String> names = missing.stream().map(Parameter::name).toList();
          session.initialize(names);
          Map<String, Value> values = session.read(names);
          missing.forEach(
              p -> store.put(p.name(), new ParameterStore.Entry(values.get(p.name()), p.layout())));
        }
      }
    }
    return store;
  }

  /** What the function declares; where it leaves a length open, that of the data. */
  private static Batch placeholders(GraphBuilder builder, ModelFunction function, Split split) {
    Map<String, Operand<? extends TType>> inputs = new LinkedHashMap<>();
    for (Field field : function.prepared()) {
      List<Long> lengths = new ArrayList<>(field.shape());
      List<Long> known = split.has(field.name()) ? split.field(field.name()).shape() : List.of();
      for (int axis = 0; axis < Math.min(lengths.size(), known.size()); axis++) {
        lengths.set(axis, lengths.get(axis) < 0 ? known.get(axis) : lengths.get(axis));
      }
      long[] shape = lengths.stream().mapToLong(Long::longValue).toArray();
      Field whole = Field.of(field.name(), field.type(), shape);
      inputs.put(field.name(), AppliedFunction.placeholder(builder, whole));
    }
    return new Batch(Map.copyOf(inputs));
  }

  private static boolean same(Field field, Split split) {
    return split.field(field.name()).type() == field.type();
  }
}
