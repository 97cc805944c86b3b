package juxta.plugin.datasets.picture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.RegularFile;

/**
 * An IDX file of unsigned bytes, as MNIST uses it: magic number 0x0000080D with D dimensions, D
 * big-endian sizes, then the elements. Offsets in errors count unpacked bytes.
 *
 * @param file where it lies, perhaps packed (.gz)
 * @param sizes the dimensions
 * @param elements all elements, the last dimension fastest
 */
record Idx(Path file, List<Integer> sizes, byte[] elements) {
  private static final int UNSIGNED_BYTES = 0x0800;

  /**
   * Reads a file.
   *
   * @param file the file; unpacked on the way if its name ends in .gz
   * @param dimensions how many dimensions it must have
   * @throws UserException if it is cut off, too long or of another format
   */
  static Idx read(Path file, int dimensions) {
    try (InputStream in = open(file)) {
      byte[] header = in.readNBytes(4 + 4 * dimensions);
      if (header.length < 4) {
        throw cut(file, header.length, "the header has " + (4 + 4 * dimensions) + " bytes");
      }
      ByteBuffer numbers = ByteBuffer.wrap(header);
      int magic = numbers.getInt();
      if (magic != UNSIGNED_BYTES + dimensions) {
        throw new UserException(
            ("%s: begins with 0x%08X at offset 0 instead of 0x%08X, so it is no IDX file of"
                    + " bytes with %d dimensions; %s")
                .formatted(file, magic, UNSIGNED_BYTES + dimensions, dimensions, remedy()));
      }
      if (header.length < 4 + 4 * dimensions) {
        throw cut(file, header.length, "the header has " + (4 + 4 * dimensions) + " bytes");
      }
      int[] sizes = IntStream.range(0, dimensions).map(i -> numbers.getInt()).toArray();
      long expected = 1;
      for (int size : sizes) {
        if (size < 1 || (expected *= size) > Integer.MAX_VALUE - 64) {
          throw new UserException(
              "%s: the header claims impossible dimensions %s at offset 4; %s"
                  .formatted(file, Arrays.toString(sizes), remedy()));
        }
      }
      byte[] elements = in.readNBytes((int) expected);
      if (elements.length < expected) {
        throw cut(
            file,
            header.length + elements.length,
            "its header promises " + (header.length + expected) + " bytes");
      }
      if (in.read() >= 0) {
        throw new UserException(
            "%s: goes on at offset %d where its header promises the end; %s"
                .formatted(file, header.length + expected, remedy()));
      }
      return new Idx(file, IntStream.of(sizes).boxed().toList(), elements);
    } catch (EOFException e) {
      throw new UserException(
          "%s: the packed file is cut off after %s bytes; %s"
              .formatted(file, file.toFile().length(), remedy()),
          e);
    } catch (IOException e) {
      throw new UserException(
          "%s: cannot be read (%s); %s".formatted(file, DataFolder.reason(e), remedy()), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw =
        new BufferedInputStream(Files.newInputStream(RegularFile.ifThere(file)), 1 << 16);
    if (!DataFolder.name(file).endsWith(".gz")) {
      return raw;
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static UserException cut(Path file, long offset, String expected) {
    return new UserException(
        "%s: ends at offset %d, but %s; %s".formatted(file, offset, expected, remedy()));
  }

  private static String remedy() {
    return "remove the file and download it again";
  }
}
