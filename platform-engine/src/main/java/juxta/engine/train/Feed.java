package juxta.engine.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Split;
import juxta.toolkit.graph.Parts;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Brings records of one split into a graph. What of a record the graph uses is known when the graph
 * is finished, and nothing else is read: if it is small the whole split is held on the device and a
 * batch is a vector of indices; otherwise the records of each batch are read when they are needed.
 */
final class Feed {
  /** Bytes up to which the used fields of a split are held on the device as a whole. */
  static final long RESIDENT_LIMIT = 2L << 30;

  private final Split split;
  private final long limit;
  private final Placeholder<TInt32> indices;
  private final Map<Field, FeedColumn> columns = new LinkedHashMap<>();
  private final Batch batch;
  private Optional<PartFeed> parts = Optional.empty();
  private List<Field> used = List.of();
  private List<Field> whole = List.of(); // of which the graph uses batches that are not cut
  private List<Field> held = List.of(); // what this process reads
  private boolean resident;

  /**
   * Adds a split's fields of fixed shape to a graph.
   *
   * @param root where in the graph
   * @param name of the stream
   * @param split the records
   * @param size records a batch, -1 if it varies
   */
  Feed(Ops root, String name, Split split, long size) {
    this(root, name, split, size, RESIDENT_LIMIT);
  }

  Feed(Ops root, String name, Split split, long size, long limit) {
    this.split = split;
    this.limit = limit;
    Ops tf = root.withSubScope("data").withSubScope(name);
    this.indices =
        tf.withName("indices").placeholder(TInt32.class, Placeholder.shape(Shape.of(size)));
    Map<String, Operand<? extends TType>> fields = new LinkedHashMap<>();
    for (Field field : split.fields()) {
      if (field.fixed()) {
        FeedColumn column = FeedColumn.of(tf, name, field, split.size(), indices, size);
        columns.put(field, column);
        fields.put(field.name(), column.value());
      }
    }
    this.batch = new Batch(fields);
  }

  /**
   * Lets workers that have the data read their parts of each batch themselves.
   *
   * @param scope where in the graph
   * @param devices the graph's, that share its batches
   * @param stream name of the stream
   * @param splitName name of the split
   * @param size records a batch
   * @param data what workers have
   */
  void share(
      GraphScope scope,
      List<String> devices,
      String stream,
      String splitName,
      int size,
      OwnData data) {
    List<Integer> sizes = Parts.sizes(scope, size);
    if (sizes.size() > 1) {
      parts =
          Optional.of(
              new PartFeed(
                  scope,
                  devices,
                  stream,
                  new PartFeed.Source(splitName, split, limit),
                  sizes,
                  data,
                  indices,
                  columns));
    }
  }

  /** The batch as the graph sees it. */
  Batch batch() {
    return batch;
  }

  /**
   * Says, once the graph is finished, what of it will run.
   *
   * @param needed all that a run of the graph may reach
   */
  void settle(Set<GraphOperation> needed) {
    parts.ifPresent(p -> p.settle(needed));
    List<Field> reached = new ArrayList<>();
    List<Field> readHere = new ArrayList<>();
    whole = columns.keySet().stream().filter(f -> isNeeded(columns.get(f), needed)).toList();
    for (Field field : columns.keySet()) {
      boolean here = whole.contains(field) || parts.filter(p -> p.here(field)).isPresent();
      if (here) {
        readHere.add(field);
      }
      if (here || parts.filter(p -> p.there(field)).isPresent()) {
        reached.add(field);
      }
    }
    used = List.copyOf(reached);
    held = List.copyOf(readHere);
    resident = bytes(held, split) <= limit;
  }

  private static boolean isNeeded(FeedColumn column, Set<GraphOperation> needed) {
    return needed.contains(column.value().op());
  }

  /** What fields of all records take. */
  static long bytes(Collection<Field> fields, Split split) {
    return fields.stream().mapToLong(f -> Math.multiplyExact(f.bytes(), split.size())).sum();
  }

  /** The fields that are read. */
  List<Field> used() {
    return used;
  }

  /** Whether all records are held on the device. */
  boolean resident() {
    return resident;
  }

  /** Called once when the session is open. */
  void start(Loader loader) {
    parts.ifPresent(p -> p.start(loader));
    if (!resident || held.isEmpty()) {
      return;
    }
    Map<Field, Tensor> all =
        RecordTensors.of(split, held, IntStream.range(0, split.size()).toArray());
    try {
      all.forEach(
          (field, tensor) ->
              loader.load(columns.get(field).content(), tensor, columns.get(field).assign()));
    } finally {
      all.values().forEach(Tensor::close);
    }
  }

  /** Tensors to feed for these records; the caller closes them. */
  Map<Operand<?>, Tensor> tensors(int[] records) {
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    try {
      parts.ifPresent(p -> p.ask(records));
      if (resident || parts.isPresent()) {
        tensors.put(indices, Tensors.of(records));
      }
      if (!resident) {
        RecordTensors.of(split, whole, records)
            .forEach((field, tensor) -> tensors.put(columns.get(field).value(), tensor));
        parts.ifPresent(p -> p.read(records, tensors));
      }
      parts.ifPresent(p -> p.await(tensors));
      return tensors;
    } catch (RuntimeException | Error e) {
      tensors.values().forEach(Tensor::close);
      throw e;
    }
  }

  /** Says to workers that no more batches are needed; not after a fault. */
  void end() {
    parts.ifPresent(PartFeed::end);
  }

  /** Runs an operation of the graph with one tensor fed. */
  @FunctionalInterface
  interface Loader {
    void load(Operand<?> placeholder, Tensor value, Op operation);
  }
}
