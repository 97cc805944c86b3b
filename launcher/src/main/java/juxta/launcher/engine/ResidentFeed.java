package juxta.launcher.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.Split;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Holds a whole split on the device; a batch is a vector of indices. */
final class ResidentFeed implements Feed {
  /** A column on the device. */
  private record Column(Field field, Placeholder<? extends TType> content, Op assign) {}

  private final Split split;
  private final Placeholder<TInt32> indices;
  private final Batch batch;
  private final List<Column> columns = new ArrayList<>();

  ResidentFeed(Ops root, String name, Split split, long size) {
    this.split = split;
    Ops tf = root.withSubScope("data").withSubScope(name);
    this.indices =
        tf.withName("indices").placeholder(TInt32.class, Placeholder.shape(Shape.of(size)));
    Map<String, Operand<? extends TType>> fields = new LinkedHashMap<>();
    for (Field field : split.fields()) {
      if (field.fixed()) {
        fields.put(field.name(), column(tf, name, field, Tensors.type(field.type())));
      }
    }
    this.batch = new Batch(fields);
  }

  private <T extends TType> Operand<T> column(Ops tf, String name, Field field, Class<T> type) {
    Shape shape = Shape.of(shape(field));
    VarHandleOp handle =
        tf.varHandleOp(type, shape, VarHandleOp.sharedName("data/" + name + "/" + field.name()));
    Placeholder<T> content = tf.placeholder(type, Placeholder.shape(shape));
    columns.add(new Column(field, content, tf.assignVariableOp(handle, content)));
    Operand<T> all = tf.readVariableOp(handle, type);
    return tf.gather(all, indices, tf.constant(0));
  }

  private long[] shape(Field field) {
    long[] shape = new long[field.shape().size() + 1];
    shape[0] = split.size();
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
    for (Column column : columns) {
      Field field = column.field();
      int bytes = Math.toIntExact(field.bytes());
      byte[] all = new byte[Math.multiplyExact(bytes, split.size())];
      IntStream.range(0, split.size())
          .parallel()
          .forEach(i -> split.value(field.name(), i).data().get(all, i * bytes, bytes));
      try (Tensor tensor =
          Tensors.of(
              Tensors.type(field.type()),
              shape(field),
              ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN))) {
        loader.load(column.content(), tensor, column.assign());
      }
    }
  }

  @Override
  public Map<Operand<?>, Tensor> tensors(int[] records) {
    return Map.of(indices, Tensors.of(records));
  }
}
