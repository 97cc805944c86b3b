package juxta.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Numbers in some axes, for {@link Embedder#run}; the last axis is contiguous.
 *
 * @param type what the numbers are
 * @param shape lengths of the axes, the batch's first
 * @param data the numbers in the processor's byte order, from position to limit
 * @since 0.1
 */
public record Tensor(Type type, List<Long> shape, ByteBuffer data) {
  /** What a number is. */
  public enum Type {
    /** From 0 to 255, one byte. */
    UINT8(1),
    /** A whole number of four bytes. */
    INT32(4),
    /** A floating-point number of four bytes. */
    FLOAT32(4);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * Checks that there are as many bytes as there should be.
   *
   * @param type see the record
   * @param shape see the record
   * @param data see the record; not copied
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Tensor {
    shape = List.copyOf(shape);
    data = data.slice().order(ByteOrder.nativeOrder());
    long wanted = type.bytes;
    for (long length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException("an axis of length " + length);
      }
      wanted = Math.multiplyExact(wanted, length);
    }
    if (data.remaining() != wanted) {
      throw new IllegalArgumentException(
          data.remaining() + " bytes for " + type + " " + shape + ", which takes " + wanted);
    }
  }

  /**
   * Bytes, such as pixels.
   *
   * @param values from 0 to 255, the last axis contiguous
   * @param shape lengths of the axes
   * @return the tensor
   */
  public static Tensor of(byte[] values, long... shape) {
    return new Tensor(Type.UINT8, axes(shape), ByteBuffer.wrap(values.clone()));
  }

  /**
   * Whole numbers.
   *
   * @param values the last axis contiguous
   * @param shape lengths of the axes
   * @return the tensor
   */
  public static Tensor of(int[] values, long... shape) {
    ByteBuffer data = room(values.length);
    data.asIntBuffer().put(values);
    return new Tensor(Type.INT32, axes(shape), data);
  }

  /**
   * Floating-point numbers, such as a volume's.
   *
   * @param values the last axis contiguous
   * @param shape lengths of the axes
   * @return the tensor
   */
  public static Tensor of(float[] values, long... shape) {
    ByteBuffer data = room(values.length);
    data.asFloatBuffer().put(values);
    return new Tensor(Type.FLOAT32, axes(shape), data);
  }

  private static ByteBuffer room(int numbers) {
    return ByteBuffer.allocate(Math.multiplyExact(4, numbers)).order(ByteOrder.nativeOrder());
  }

  private static List<Long> axes(long... shape) {
    return LongStream.of(shape).boxed().toList();
  }

  /**
   * The numbers of a FLOAT32 tensor.
   *
   * @return a new array, the last axis contiguous
   * @throws IllegalStateException if they are of another type
   */
  public float[] floats() {
    if (type != Type.FLOAT32) {
      throw new IllegalStateException("the numbers are " + type + ", not FLOAT32");
    }
    float[] values = new float[data.remaining() / 4];
    data.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Cuts a FLOAT32 tensor along its first axis.
   *
   * @return the numbers of each record
   * @throws IllegalStateException if they are of another type
   */
  public List<float[]> rows() {
    float[] all = floats();
    int rows = Math.toIntExact(shape.get(0));
    int length = rows == 0 ? 0 : all.length / rows;
    return java.util.stream.IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(all, row * length, (row + 1) * length))
        .toList();
  }

  /** Where the library for models reads from. */
  ByteBuffer direct() {
    ByteBuffer copy = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
    return copy.put(data.duplicate()).flip();
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
