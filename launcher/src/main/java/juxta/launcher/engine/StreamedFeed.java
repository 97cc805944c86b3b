package juxta.launcher.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
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

/** Reads the records of each batch when they are needed; for splits larger than the device. */
final class StreamedFeed implements Feed {
  private final Split split;
  private final Map<Field, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();
  private final Batch batch;

  StreamedFeed(Ops root, String name, Split split, long size) {
    this.split = split;
    Ops tf = root.withSubScope("data").withSubScope(name);
    Map<String, Operand<? extends TType>> fields = new LinkedHashMap<>();
    for (Field field : split.fields()) {
      if (field.fixed()) {
        Placeholder<? extends TType> placeholder =
            tf.withName(field.name())
                .placeholder(
                    Tensors.type(field.type()), Placeholder.shape(Shape.of(shape(field, size))));
        placeholders.put(field, placeholder);
        fields.put(field.name(), placeholder);
      }
    }
    this.batch = new Batch(fields);
  }

  private static long[] shape(Field field, long size) {
    long[] shape = new long[field.shape().size() + 1];
    shape[0] = size;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = field.shape().get(i - 1);
    }
    return shape;
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public void start(Loader loader) {
    // nothing is held on the device
  }

  @Override
  public Map<Operand<?>, Tensor> tensors(int[] records) {
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    placeholders.forEach(
        (field, placeholder) -> {
          int bytes = Math.toIntExact(field.bytes());
          byte[] all = new byte[Math.multiplyExact(bytes, records.length)];
          IntStream.range(0, records.length)
              .parallel()
              .forEach(
                  i -> split.value(field.name(), records[i]).data().get(all, i * bytes, bytes));
          tensors.put(
              placeholder,
              Tensors.of(
                  Tensors.type(field.type()),
                  shape(field, records.length),
                  ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN)));
        });
    return tensors;
  }
}
