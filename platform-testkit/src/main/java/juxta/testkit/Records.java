package juxta.testkit;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.Split;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/** Records of a split as a batch of a graph: one placeholder a field, text left out. */
final class Records {
  private final Split split;
  private final Map<String, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();

  Records(Ops tf, Split split, long size) {
    this.split = split;
    for (Field field : split.fields().stream().filter(Field::fixed).toList()) {
      placeholders.put(
          field.name(),
          tf.placeholder(
              Tensors.type(field.type()), Placeholder.shape(Shape.of(with(size, field.shape())))));
    }
  }

  Batch batch() {
    return new Batch(Map.copyOf(placeholders));
  }

  /** Feeds records to whatever is run. */
  <T> T feed(int[] records, Function<Map<Operand<?>, Tensor>, T> run) {
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    try {
      placeholders.forEach((name, p) -> tensors.put(p, tensor(split.field(name), records)));
      return run.apply(tensors);
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  private Tensor tensor(Field field, int[] records) {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(field.bytes() * records.length));
    for (int record : records) {
      all.put(split.value(field.name(), record).data());
    }
    return Tensors.of(Tensors.type(field.type()), with(records.length, field.shape()), all.flip());
  }

  private static long[] with(long size, List<Long> shape) {
    return LongStream.concat(LongStream.of(size), shape.stream().mapToLong(d -> d)).toArray();
  }
}
