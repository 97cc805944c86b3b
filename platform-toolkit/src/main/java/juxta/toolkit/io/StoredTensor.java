package juxta.toolkit.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import juxta.api.FieldType;
import juxta.api.Value;

/**
 * A tensor as safetensors files hold it.
 *
 * @param dtype type of its elements
 * @param shape its shape
 * @param data its elements, row-major, little endian, from position to limit
 */
public record StoredTensor(Dtype dtype, List<Long> shape, ByteBuffer data) {
  /**
   * Checks, copies the shape and makes the data read-only, little endian.
   *
   * @param dtype see the record
   * @param shape see the record
   * @param data see the record
   */
  public StoredTensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long elements = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    if (elements * dtype.bytes() != data.remaining()) {
      throw new IllegalArgumentException(
          data.remaining() + " bytes do not fill shape " + shape + " of " + dtype);
    }
  }

  /**
   * A value as it is.
   *
   * @param value a value of floats, integers or bytes
   * @return the tensor
   */
  public static StoredTensor of(Value value) {
    Dtype dtype =
        switch (value.type()) {
          case FLOAT32 -> Dtype.F32;
          case INT32 -> Dtype.I32;
          case UINT8 -> Dtype.U8;
          case TEXT -> throw new IllegalArgumentException("text is no tensor");
        };
    return new StoredTensor(dtype, value.shape(), value.data());
  }

  /**
   * A tensor of 64-bit integers.
   *
   * @param shape its shape
   * @param values row-major elements
   * @return the tensor
   */
  public static StoredTensor of(List<Long> shape, long... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return new StoredTensor(Dtype.I64, shape, data);
  }

  /**
   * The elements; each call returns a buffer of its own position.
   *
   * @return a read-only little endian buffer
   */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The tensor in one of the types that graphs compute with: all floats become {@code FLOAT32},
   * integers {@code INT32}, bytes stay.
   *
   * @return the value
   * @throws ArithmeticException if a 64-bit integer does not fit into 32 bits
   */
  public Value value() {
    ByteBuffer from = data();
    return switch (dtype) {
      case F32 -> new Value(FieldType.FLOAT32, shape, from);
      case I32 -> new Value(FieldType.INT32, shape, from);
      case U8 -> new Value(FieldType.UINT8, shape, from);
      case F64, F16, BF16, I64 -> converted(from);
    };
  }

  private Value converted(ByteBuffer from) {
    int elements = from.remaining() / dtype.bytes();
    ByteBuffer to =
        ByteBuffer.allocate(Math.multiplyExact(4, elements)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      switch (dtype) {
        case F64 -> to.putFloat((float) from.getDouble());
        case F16 -> to.putFloat(half(from.getShort()));
        case BF16 -> to.putInt(from.getShort() << 16);
        case I64 -> to.putInt(Math.toIntExact(from.getLong()));
        case F32, I32, U8 -> throw new AssertionError(dtype);
      }
    }
    return new Value(dtype == Dtype.I64 ? FieldType.INT32 : FieldType.FLOAT32, shape, to.flip());
  }

  /**
   * The value of a half precision number: sign, 5 bits of exponent, 10 of fraction.
   *
   * @param bits the number's bits
   * @return its value
   */
  public static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) { // zero and subnormal numbers, in units of 2^-24
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
