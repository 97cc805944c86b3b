package juxta.toolkit.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import juxta.api.FieldType;
import juxta.api.Value;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Moves values between the host and TensorFlow's tensors. */
public final class Tensors {
  private static final int CHUNK = 1 << 20;

  private Tensors() {}

  /**
   * TensorFlow's type of a field's elements.
   *
   * @param type the field's type, not text
   * @return the class of the tensor type
   */
  public static Class<? extends TType> type(FieldType type) {
    return switch (type) {
      case UINT8 -> TUint8.class;
      case INT32 -> TInt32.class;
      case FLOAT32 -> TFloat32.class;
      case TEXT -> throw new IllegalArgumentException("text has no numeric tensor type");
    };
  }

  /**
   * A tensor with the value's elements; the caller closes it.
   *
   * @param value the value, not text
   * @return the tensor
   */
  public static Tensor of(Value value) {
    return of(type(value.type()), dimensions(value.shape()), value.data());
  }

  /**
   * A tensor with the given bytes; the caller closes it.
   *
   * @param type class of the tensor type
   * @param shape its shape
   * @param data exactly as many bytes as the tensor has
   * @return the tensor
   */
  public static Tensor of(Class<? extends TType> type, long[] shape, ByteBuffer data) {
    Tensor tensor = Tensor.of(type, Shape.of(shape));
    ByteDataBuffer target = tensor.asRawTensor().data();
    if (target.size() != data.remaining()) {
      tensor.close();
      throw new IllegalArgumentException(
          data.remaining() + " bytes do not fill shape " + Arrays.toString(shape));
    }
    fill(target, data);
    return tensor;
  }

  /**
   * A float tensor; the caller closes it.
   *
   * @param shape its shape
   * @param values row-major elements
   * @return the tensor
   */
  public static Tensor of(long[] shape, float... values) {
    return of(floats(shape, values));
  }

  /**
   * A vector of integers; the caller closes it.
   *
   * @param values the elements
   * @return the tensor
   */
  public static Tensor of(int... values) {
    return of(ints(new long[] {values.length}, values));
  }

  /**
   * A float scalar; the caller closes it.
   *
   * @param value the scalar
   * @return the tensor
   */
  public static Tensor scalar(float value) {
    return TFloat32.scalarOf(value);
  }

  /**
   * A 64-bit scalar; the caller closes it.
   *
   * @param value the scalar
   * @return the tensor
   */
  public static Tensor scalar(long value) {
    return TInt64.scalarOf(value);
  }

  /**
   * A value of floats.
   *
   * @param shape its shape
   * @param values row-major elements
   * @return the value
   */
  public static Value floats(long[] shape, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new Value(FieldType.FLOAT32, boxed(shape), data);
  }

  /**
   * A value of integers.
   *
   * @param shape its shape
   * @param values row-major elements
   * @return the value
   */
  public static Value ints(long[] shape, int... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asIntBuffer().put(values);
    return new Value(FieldType.INT32, boxed(shape), data);
  }

  /**
   * Copies a tensor of bytes, 32-bit integers or floats to the host.
   *
   * @param tensor the tensor
   * @return the value
   */
  public static Value value(Tensor tensor) {
    byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
    tensor.asRawTensor().data().read(bytes, 0, bytes.length);
    ByteBuffer data = ByteBuffer.wrap(bytes);
    FieldType type =
        switch (tensor.dataType()) {
          case DT_FLOAT -> FieldType.FLOAT32;
          case DT_INT32 -> FieldType.INT32;
          case DT_UINT8 -> FieldType.UINT8;
          default -> throw new IllegalArgumentException("no value of type " + tensor.dataType());
        };
    return new Value(type, boxed(tensor.shape().asArray()), data);
  }

  /**
   * The elements of a value of floats.
   *
   * @param value the value
   * @return a new array
   */
  public static float[] floats(Value value) {
    float[] out = new float[value.data().remaining() / 4];
    value.data().asFloatBuffer().get(out);
    return out;
  }

  /**
   * The elements of a value of integers.
   *
   * @param value the value
   * @return a new array
   */
  public static int[] ints(Value value) {
    int[] out = new int[value.data().remaining() / 4];
    value.data().asIntBuffer().get(out);
    return out;
  }

  /** Writes bytes into a tensor, in chunks: TensorFlow's buffers take arrays only. */
  private static void fill(ByteDataBuffer target, ByteBuffer data) {
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, target.size()))];
    ByteBuffer source = data.duplicate();
    for (long at = 0; at < target.size(); ) {
      int n = (int) Math.min(chunk.length, target.size() - at);
      source.get(chunk, 0, n);
      target.slice(at, n).write(chunk, 0, n);
      at += n;
    }
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  private static long[] dimensions(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
