package juxta.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of float32 numbers in a file that is mapped into memory, part by part. */
final class MappedRows {
  /** Bytes of a part, at most: a mapping has fewer than 2^31. */
  private static final int PART = 1 << 30;

  private static final int LONGEST_HEADER = 1 << 20;
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,?\\s*\\)");

  private final int count;
  private final int width;
  private final int perPart;
  private final List<FloatBuffer> parts;

  private MappedRows(int count, int width, int perPart, List<FloatBuffer> parts) {
    this.count = count;
    this.width = width;
    this.perPart = perPart;
    this.parts = parts;
  }

  /** Where the numbers lie. */
  private record Place(long offset, long count, long width) {}

  static MappedRows open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      String name = file.toString();
      Place place =
          name.endsWith(".npy")
              ? npy(channel)
              : name.endsWith(".safetensors") ? safetensors(channel) : unknown();
      return map(channel, place);
    }
  }

  private static Place unknown() throws IOException {
    throw new IOException("its name ends in neither .npy nor .safetensors");
  }

  private static MappedRows map(FileChannel channel, Place place) throws IOException {
    int count = Math.toIntExact(place.count());
    int width = Math.toIntExact(place.width());
    if (width < 1) {
      throw new IOException("its rows are empty");
    }
    long row = Math.multiplyExact(4L, width);
    long end = Math.addExact(place.offset(), Math.multiplyExact(row, count));
    if (channel.size() < end) {
      throw new IOException("it ends after " + channel.size() + " of " + end + " bytes");
    }
    int perPart = Math.toIntExact(Math.max(1, PART / row));
    List<FloatBuffer> parts = new ArrayList<>();
    for (int first = 0; first < count; first += perPart) {
      long bytes = row * Math.min(perPart, count - first);
      parts.add(
          channel
              .map(MapMode.READ_ONLY, place.offset() + row * first, bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer());
    }
    return new MappedRows(count, width, perPart, parts);
  }

  private static ByteBuffer read(FileChannel channel, long at, long length) throws IOException {
    if (length < 0 || length > LONGEST_HEADER || at + length > channel.size()) {
      throw new IOException("its header is damaged");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("it ends too early");
      }
    }
    return bytes.flip();
  }

  /** NumPy's format, see numpy.lib.format. */
  private static Place npy(FileChannel channel) throws IOException {
    ByteBuffer start = read(channel, 0, 12);
    if (start.get(0) != (byte) 0x93 || start.get(1) != 'N' || start.get(5) != 'Y') {
      throw new IOException("it does not begin as a .npy file");
    }
    boolean first = start.get(6) == 1;
    int length = first ? start.getShort(8) & 0xFFFF : start.getInt(8);
    int from = first ? 10 : 12;
    String header = new String(read(channel, from, length).array(), StandardCharsets.ISO_8859_1);
    Matcher shape = SHAPE.matcher(header);
    if (!header.contains("'<f4'") || header.contains("True") || !shape.find()) {
      throw new IOException("it is no float32 array of two axes: " + header.strip());
    }
    return new Place(
        from + (long) length, Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2)));
  }

  private static Place safetensors(FileChannel channel) throws IOException {
    long length = read(channel, 0, 8).getLong(0);
    Map<String, Object> header = JsonTree.object(read(channel, 8, length).array());
    if (header.get("embedding") instanceof Map<?, ?> tensor
        && "F32".equals(tensor.get("dtype"))
        && tensor.get("shape") instanceof List<?> shape
        && shape.size() == 2
        && tensor.get("data_offsets") instanceof List<?> offsets) {
      return new Place(8 + length + number(offsets, 0), number(shape, 0), number(shape, 1));
    }
    throw new IOException("it has no tensor 'embedding', float32 of two axes");
  }

  private static long number(List<?> all, int index) {
    return ((Number) all.get(index)).longValue();
  }

  int count() {
    return count;
  }

  int width() {
    return width;
  }

  FloatBuffer row(int index) {
    return parts.get(index / perPart).slice(index % perPart * width, width);
  }
}
