package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.Split;
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
  private List<Field> used = List.of();
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
    List<Field> reached = new ArrayList<>();
    columns.forEach(
        (field, column) -> {
          if (needed.contains(column.value().op())) {
            reached.add(field);
          }
        });
    used = List.copyOf(reached);
    long bytes = used.stream().mapToLong(f -> Math.multiplyExact(f.bytes(), split.size())).sum();
    resident = bytes <= limit;
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
    if (!resident || used.isEmpty()) {
      return;
    }
    Map<Field, Tensor> all =
        RecordTensors.of(split, used, IntStream.range(0, split.size()).toArray());
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
    if (resident) {
      tensors.put(indices, Tensors.of(records));
    } else {
      RecordTensors.of(split, used, records)
          .forEach((field, tensor) -> tensors.put(columns.get(field).value(), tensor));
    }
    return tensors;
  }

  /** Runs an operation of the graph with one tensor fed. */
  @FunctionalInterface
  interface Loader {
    void load(Operand<?> placeholder, Tensor value, Op operation);
  }
}
