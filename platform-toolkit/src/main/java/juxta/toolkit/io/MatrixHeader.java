package juxta.toolkit.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Beginnings of files that hold one matrix of 32-bit floats. The rows follow, row-major and little
 * endian, to the end of the file: so they can be written as they come, and none need be held.
 */
public final class MatrixHeader {
  /** NumPy lets arrays begin at a multiple of so many bytes. */
  private static final int ALIGNMENT = 64;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private MatrixHeader() {}

  /**
   * The beginning of a file that {@code numpy.load} reads, also with {@code mmap_mode}.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @return the bytes before the first row
   */
  public static ByteBuffer npy(long rows, long columns) {
    StringBuilder text =
        new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (")
            .append(rows)
            .append(", ")
            .append(columns)
            .append("), }");
    int before = MAGIC.length + Short.BYTES;
    while ((before + text.length() + 1) % ALIGNMENT != 0) {
      text.append(' ');
    }
    byte[] dictionary = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(before + dictionary.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) dictionary.length)
        .put(dictionary)
        .flip();
  }

  /**
   * The beginning of a safetensors file.
   *
   * @param name the tensor's name
   * @param rows number of rows
   * @param columns number of columns
   * @param metadata texts to go with it
   * @return the bytes before the first row
   */
  public static ByteBuffer safetensors(
      String name, long rows, long columns, Map<String, String> metadata) {
    long bytes = Math.multiplyExact(Math.multiplyExact(rows, columns), Float.BYTES);
    try {
      return HeaderWriter.write(
          List.of(new HeaderWriter.Tensor(name, Dtype.F32, List.of(rows, columns), bytes)),
          metadata);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
