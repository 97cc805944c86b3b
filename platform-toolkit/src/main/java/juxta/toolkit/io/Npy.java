package juxta.toolkit.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import juxta.api.UserException;

/**
 * Reads NumPy's {@code .npy} files: one array of floats (16, 32, 64 bits), integers (32, 64 bits),
 * bytes or booleans, little endian. Headers are parsed strictly and never evaluated; arrays of
 * Python objects are refused.
 */
public final class Npy {
  static final String REMEDY =
      "the file is damaged or no NumPy file of plain numbers: get it again";

  private Npy() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its array, row-major
   * @throws UserException if it cannot be read or is unsound, naming file and offset
   */
  public static StoredTensor read(Path file) {
    return ReadingLimits.of(file, () -> readAll(file));
  }

  private static StoredTensor readAll(Path file) {
    try (InputStream in = new BufferedInputStream(RegularFile.open(file))) {
      ByteSource source = new ByteSource(file.toString(), in, REMEDY);
      NpyHeader header = NpyHeader.read(source);
      check(source, header, Files.size(file));
      StoredTensor tensor = data(source, header);
      source.end();
      return tensor;
    } catch (IOException e) {
      throw new UserException("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    }
  }

  /** Holds what the header claims against the bytes that there are, and against memory. */
  static void check(ByteSource source, NpyHeader header, long size) {
    if (header.bytes() > Integer.MAX_VALUE - 8) {
      throw source.bad(
          header.length(),
          "an array of shape " + header.shape() + "; arrays of less than 2 GiB are read");
    }
    fits(source, header, size);
  }

  /** Holds what the header claims against the bytes that there are. */
  static void fits(ByteSource source, NpyHeader header, long size) {
    if (header.length() + header.bytes() != size) {
      throw source.bad(
          header.length(),
          "an array of shape "
              + header.shape()
              + " takes "
              + header.bytes()
              + " bytes, but "
              + (size - header.length())
              + " are there");
    }
  }

  static StoredTensor data(ByteSource source, NpyHeader header) {
    byte[] bytes = source.take((int) header.bytes(), "the array");
    return tensor(header, header.shape(), bytes);
  }

  /**
   * An array of bytes as NumPy has them in memory.
   *
   * @param header type and order of its elements
   * @param shape lengths of its axes
   * @param bytes the elements, little endian
   * @return the array, row by row
   */
  public static StoredTensor tensor(NpyHeader header, List<Long> shape, byte[] bytes) {
    ByteBuffer data =
        ByteBuffer.wrap(header.fortran() ? rowMajor(shape, bytes, header.dtype().bytes()) : bytes);
    return new StoredTensor(header.dtype(), shape, data.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Puts elements whose first axis runs fastest into the order in which the last one does. */
  private static byte[] rowMajor(List<Long> shape, byte[] bytes, int width) {
    int rank = shape.size();
    if (rank < 2) {
      return bytes;
    }
    List<Integer> steps = new ArrayList<>(); // bytes between neighbours along each axis
    int step = width;
    for (long length : shape) {
      steps.add(step);
      step *= (int) length;
    }
    byte[] ordered = new byte[bytes.length];
    List<Integer> index = new ArrayList<>(Collections.nCopies(rank, 0));
    int from = 0;
    for (int to = 0; to < ordered.length; to += width) {
      System.arraycopy(bytes, from, ordered, to, width);
      for (int axis = rank - 1; axis >= 0; axis--) {
        int next = index.get(axis) + 1;
        from += steps.get(axis);
        if (next < shape.get(axis)) {
          index.set(axis, next);
          break;
        }
        index.set(axis, 0);
        from -= steps.get(axis) * next;
      }
    }
    return ordered;
  }
}
