package juxta.toolkit.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;
import juxta.api.Value;

/**
 * A <a href="https://github.com/huggingface/safetensors">safetensors</a> file: named tensors that
 * Python reads and writes too. Opening it reads the header only; each tensor is read when it is
 * asked for. Safe to use from several threads.
 */
public final class Safetensors implements AutoCloseable {
  /** The longest header that the reference implementation reads. */
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final HeaderParser.Header header;

  private Safetensors(Path file, FileChannel channel, HeaderParser.Header header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @return its content; close it
   * @throws UserException if the file cannot be read or is no sound safetensors file, naming file
   *     and offset
   */
  public static Safetensors open(Path file) {
    FileChannel channel = channel(file);
    boolean sound = false;
    try {
      Safetensors opened =
          new Safetensors(file, channel, ReadingLimits.of(file, () -> header(file, channel)));
      sound = true;
      return opened;
    } finally {
      if (!sound) {
        close(file, channel);
      }
    }
  }

  private static FileChannel channel(Path file) {
    try {
      return RegularFile.channel(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static HeaderParser.Header header(Path file, FileChannel channel) {
    try {
      return parsed(file, channel);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static HeaderParser.Header parsed(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw HeaderParser.bad(file, size, "the file ends before the header's length");
    }
    long length = fill(file, channel, 0, 8).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw HeaderParser.bad(
          file, 0, "a header of " + Long.toUnsignedString(length) + " bytes is not possible");
    }
    if (length > size - 8) {
      throw HeaderParser.bad(
          file, size, "the file ends before the header does, at byte " + (8 + length));
    }
    return HeaderParser.parse(file, fill(file, channel, 8, (int) length).array(), size);
  }

  /**
   * What is in the file.
   *
   * @return tensors by name, in the order of their data
   */
  public Map<String, Entry> entries() {
    return header.entries();
  }

  /**
   * Texts that came with the tensors.
   *
   * @return texts by key
   */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads one tensor.
   *
   * @param name its name
   * @return the tensor as it is in the file
   * @throws UserException if there is no such tensor or it cannot be read
   */
  public StoredTensor tensor(String name) {
    Entry entry = entries().get(name);
    if (entry == null) {
      throw new UserException(
          file + ": has no tensor '" + name + "', only " + entries().size() + " others");
    }
    long bytes = entry.end() - entry.begin();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new UserException(
          file + ": tensor '" + name + "' has " + bytes + " bytes; Juxta reads less than 2 GiB");
    }
    return ReadingLimits.of(file, () -> stored(entry, (int) bytes));
  }

  private StoredTensor stored(Entry entry, int bytes) {
    try {
      return new StoredTensor(
          entry.dtype(), entry.shape(), fill(file, channel, entry.begin(), bytes));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads one tensor in a type that graphs compute with, in the layout of the file.
   *
   * @param name its name
   * @return the value; see {@link StoredTensor#value}
   * @throws UserException if there is no such tensor, it cannot be read, or a 64-bit integer does
   *     not fit into 32 bits
   */
  public Value value(String name) {
    StoredTensor tensor = tensor(name);
    try {
      return tensor.value();
    } catch (ArithmeticException e) {
      throw new UserException(
          file + ": tensor '" + name + "' has numbers that do not fit into 32 bits", e);
    }
  }

  @Override
  public void close() {
    close(file, channel);
  }

  /**
   * Reads all tensors of a file.
   *
   * @param file the file
   * @return values by name, in the layout of the file
   * @throws UserException if the file cannot be read or is no sound safetensors file
   */
  public static Map<String, Value> read(Path file) {
    try (Safetensors opened = open(file)) {
      Map<String, Value> values = new LinkedHashMap<>();
      opened.entries().keySet().forEach(name -> values.put(name, opened.value(name)));
      return values;
    }
  }

  /**
   * Writes a file in one piece: whoever reads sees the old file or the new one.
   *
   * @param file where it goes
   * @param tensors tensors by name
   * @param metadata texts to go with them
   * @throws UserException if the file cannot be written
   */
  public static void write(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    List<Map.Entry<String, StoredTensor>> ordered = new ArrayList<>(tensors.entrySet());
    // widest elements first, so that all are aligned
    ordered.sort(Comparator.comparing(tensor -> -tensor.getValue().dtype().bytes()));
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeAll(
              channel,
              HeaderWriter.write(ordered.stream().map(HeaderWriter.Tensor::of).toList(), metadata));
          for (Map.Entry<String, StoredTensor> tensor : ordered) {
            AtomicFile.writeAll(channel, tensor.getValue().data());
          }
        });
  }

  /**
   * Writes values in one piece, in the layout that they have.
   *
   * @param file where it goes
   * @param values values by name
   * @param metadata texts to go with them
   * @throws UserException if the file cannot be written
   */
  public static void writeValues(
      Path file, Map<String, Value> values, Map<String, String> metadata) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    values.forEach((name, value) -> tensors.put(name, StoredTensor.of(value)));
    write(file, tensors, metadata);
  }

  private static ByteBuffer fill(Path file, FileChannel channel, long from, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw HeaderParser.bad(file, from + buffer.position(), "the file was cut short");
      }
    }
    return buffer.flip();
  }

  private static UserException unreadable(Path file, IOException e) {
    return new UserException("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
  }

  private static void close(Path file, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
