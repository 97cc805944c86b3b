package juxta.engine.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import juxta.api.Batch;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
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

/** Applies a model's function to the records of a split, batch by batch, in float32. */
public final class Inference {
  /** Most records at once: large enough for any device. */
  public static final int BATCH = 250;

  /**
   * Most numbers in the records at once, that memory is enough for what networks make of them: 55
   * images of 224 x 224, whose first maps in a ResNet are 180 MB.
   */
  private static final long NUMBERS = 1L << 23;

  /** Takes what a function makes of a batch. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Takes rows.
     *
     * @param from the record of the first of them
     * @param output float32 [records of the batch, …]
     */
    void take(int from, Value output);
  }

  private final long seed;
  private final Placement placement;
  private final Monitor monitor;

  /**
   * Prepares.
   *
   * @param seed the run's, for functions that draw at random
   * @param placement where it runs
   * @param monitor is told how far a pass over a whole split is
   */
  public Inference(long seed, Placement placement, Monitor monitor) {
    this.seed = seed;
    this.placement = placement;
    this.monitor = monitor;
  }

  Matrix run(FrozenModel model, String functionName, Split split, String output) {
    int size = split.size();
    Gathered all = new Gathered(size);
    Rows rows =
        (from, part) -> {
          all.take(from, part);
          monitor.progress(from + part.shape().get(0), size, "records");
        };
    int batch = batch(model.function(functionName), split);
    Lane.Pass pass = new Lane.Pass(model, functionName, split, output, seed, batch);
    stream(pass, Feed.RESIDENT_LIMIT, 0, batches(size, batch), rows);
    return all.matrix();
  }

  /**
   * Records at once. Batches begin at its multiples and the last of a split holds what is left,
   * whichever of them are asked for: kernels may round otherwise for another number of records.
   *
   * @param function takes records of one shape
   * @param split the records
   * @return from 1 to {@link #BATCH}, fewer where records are large
   */
  public static int batch(ModelFunction function, Split split) {
    Split prepared = Prepared.split(function, split);
    long largest =
        function.prepared().stream()
            .map(field -> prepared.field(field.name()))
            .filter(Field::fixed)
            .mapToLong(Field::elements)
            .max()
            .orElse(1);
    return (int) Math.max(1, Math.min(BATCH, NUMBERS / Math.max(1, largest)));
  }

  /**
   * Applies a function to some batches of a split; no more than a few batches are in memory.
   *
   * @param model the model
   * @param functionName the function, which must take records of one shape
   * @param split the records
   * @param output which of the function's outputs is wanted
   * @param batch records at once, as {@link #batch} says
   * @param from the first batch, from 0
   * @param to the batch after the last, at most {@link #batches}
   * @param rows takes the outputs, in order; what it throws ends the pass
   * @throws UserException if the function has no such output, or a record cannot be read
   */
  public void stream(
      FrozenModel model,
      String functionName,
      Split split,
      String output,
      int batch,
      long from,
      long to,
      Rows rows) {
    stream(new Lane.Pass(model, functionName, split, output, seed, batch), 0, from, to, rows);
  }

  private void stream(Lane.Pass pass, long resident, long from, long to, Rows rows) {
    List<String> devices = placement.devices();
    if (devices.size() < 2 || to - from < 2) {
      try (Lane lane = new Lane(pass, placement.here(Precision.FLOAT32), from, to, resident)) {
        for (long batch = from; batch < to; batch++) {
          lane.next().to(rows);
        }
      }
      return;
    }
    // each device has the weights and every n-th batch; none has the whole split
    int lanes = (int) Math.min(devices.size(), to - from);
    Lanes.run(
        lanes,
        number -> new Lane(pass, placement, devices.get(number), from + number, to, lanes),
        to - from,
        rows);
  }

  /**
   * Applies a function to records that differ in size, and so make no batch: one at a time.
   *
   * @param model the model
   * @param functionName the function, which must take records of any size
   * @param split the records
   * @param output which of the function's outputs is wanted
   * @param from the first record, from 0
   * @param to the record after the last
   * @param rows takes the output of each record, in order; what it throws ends the pass
   * @throws UserException if the function has no such output, or a record cannot be read
   */
  public void oneByOne(
      FrozenModel model,
      String functionName,
      Split split,
      String output,
      long from,
      long to,
      Rows rows) {
    List<String> names = model.function(functionName).inputs().stream().map(Field::name).toList();
    List<Field> fields = names.stream().map(split::field).toList();
    ModelFunction function = model.function(functionName);
    Iterator<Map<String, Value>> batches =
        LongStream.range(from, to)
            .mapToObj(at -> split.values(names, Math.toIntExact(at)))
            .map(record -> Prepared.batch(function, List.of(record)))
            .iterator();
    AtomicInteger next = new AtomicInteger(Math.toIntExact(from));
    try (Evaluation.Applied applied = open(model, functionName, fields)) {
      applied.each(batches, output, made -> rows.take(next.getAndIncrement(), made));
    }
  }

  /**
   * What a function makes.
   *
   * @param model the model
   * @param functionName the function
   * @param split records that it is to be applied to
   * @return names of its outputs
   */
  public Set<String> outputs(FrozenModel model, String functionName, Split split) {
    ModelFunction function = model.function(functionName);
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, phase(functionName));
      Batch inputs = placeholders(builder, function, split);
      return FrozenModel.build(function, builder.root().frozen(), inputs).keySet();
    }
  }

  static Feed feed(GraphBuilder builder, ModelFunction function, Split split, long resident) {
    Split prepared = Prepared.split(function, split);
    return new Feed(builder.root().tf(), "inference", prepared, -1, resident);
  }

  static Map<String, Operand<TFloat32>> build(
      ModelFunction function, GraphBuilder builder, Feed feed) {
    return FrozenModel.build(function, builder.root().frozen(), inputs(function, feed.batch()));
  }

  /** A function with the model's weights, for inputs that are no split of data. */
  Evaluation.Applied open(FrozenModel model, String functionName, List<Field> inputs) {
    return DealtFunction.of(model, functionName, inputs, seed, placement);
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

  /**
   * Batches of a split.
   *
   * @param size number of its records
   * @param batch records at once
   * @return their number
   */
  public static long batches(int size, int batch) {
    return (size + batch - 1L) / batch;
  }

  /** Rows side by side. */
  private static final class Gathered {
    private final int size;
    private float[] all = new float[0];
    private int columns;

    Gathered(int size) {
      this.size = size;
    }

    void take(int from, Value rows) {
      float[] part = Tensors.floats(rows);
      if (from == 0) {
        columns = Math.toIntExact(part.length / rows.shape().get(0));
        all = new float[Math.multiplyExact(size, columns)];
      }
      System.arraycopy(part, 0, all, from * columns, part.length);
    }

    Matrix matrix() {
      return new Matrix(size, columns, all);
    }
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
        try (GraphSession session = new GraphSession(builder, placement.here(Precision.FLOAT32))) {
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
