package juxta.engine.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.tensorflow.Tensor;
import org.tensorflow.proto.DataType;

/**
 * A tensor whose value is known when a model is written.
 *
 * @param type its type
 * @param shape its shape
 * @param data little-endian, row-major; not copied
 */
record Stored(DataType type, long[] shape, byte[] data) {
  static Stored of(Tensor tensor) {
    byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
    tensor.asRawTensor().data().read(bytes, 0, bytes.length);
    return new Stored(tensor.dataType(), tensor.shape().asArray(), bytes);
  }

  static Stored longs(long... values) {
    return longs(new long[] {values.length}, values);
  }

  static Stored longs(long[] shape, long[] values) {
    ByteBuffer data = buffer(8 * values.length);
    for (long value : values) {
      data.putLong(value);
    }
    return new Stored(DataType.DT_INT64, shape, data.array());
  }

  static Stored floats(long[] shape, float... values) {
    ByteBuffer data = buffer(4 * values.length);
    for (float value : values) {
      data.putFloat(value);
    }
    return new Stored(DataType.DT_FLOAT, shape, data.array());
  }

  /** The numbers of a tensor of integers. */
  long[] longs() {
    ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case DT_INT32 -> in.getInt();
            case DT_INT64 -> in.getLong();
            default -> throw new IllegalStateException("no integers but " + type);
          };
    }
    return values;
  }

  /** The only number of a tensor of one integer. */
  int integer() {
    return Math.toIntExact(longs()[0]);
  }

  float[] floats() {
    float[] values = new float[elements()];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  int elements() {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  /** The same numbers in another shape. */
  Stored shaped(long... other) {
    return new Stored(type, other, data);
  }

  /** Axes in another order, of a tensor whose elements have four bytes: axis i was order[i]. */
  Stored transposed(int... order) {
    IntBuffer from = ByteBuffer.wrap(data).asIntBuffer();
    long[] to = new long[shape.length];
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    for (int axis = 0; axis < to.length; axis++) {
      to[axis] = shape[order[axis]];
    }
    byte[] values = new byte[data.length];
    IntBuffer into = ByteBuffer.wrap(values).asIntBuffer();
    long[] at = new long[to.length];
    for (int i = 0; i < from.capacity(); i++) {
      long source = 0;
      for (int axis = 0; axis < to.length; axis++) {
        source += at[axis] * strides[order[axis]];
      }
      into.put(i, from.get(Math.toIntExact(source)));
      for (int axis = to.length - 1; axis >= 0 && ++at[axis] == to[axis]; axis--) {
        at[axis] = 0;
      }
    }
    return new Stored(type, to, values);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
