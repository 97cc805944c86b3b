package juxta.toolkit.volume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header of an NRRD file: lines of {@code field: text} up to an empty one. Behind the colon
 * stands any white space, or none, as Teem takes it.
 *
 * @param file named in errors
 * @param fields in lower case
 * @param length bytes of the header, with the empty line that ends it
 */
record NrrdHeader(Path file, Map<String, String> fields, long length) {
  /** A byte skip of which only the end of the file tells what it is. */
  static final long TO_THE_END = -1;

  private static final int LONGEST = 1 << 20;

  /** Reads up to the empty line, or to the end where the voxels lie in another file. */
  static NrrdHeader read(Path file, InputStream in) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (!new String(magic, StandardCharsets.ISO_8859_1).equals("NRRD")) {
      throw ScanFaults.damaged(file, "is no NRRD file (it does not begin with NRRD)");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    long length = magic.length + line(file, in, LONGEST).bytes; // the version
    Line line = line(file, in, LONGEST);
    for (; !line.text.isEmpty(); line = line(file, in, LONGEST - (int) length)) {
      length += line.bytes;
      int colon = line.text.indexOf(':');
      // others are comments and the key:=value pairs of programs
      if (!line.text.startsWith("#") && colon > 0 && !line.text.startsWith(":=", colon)) {
        String name = line.text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.put(name.replace("datafile", "data file"), line.text.substring(colon + 1).strip());
      }
    }
    return new NrrdHeader(file, fields, length + line.bytes);
  }

  /** A line without its end, and how many bytes it takes with it. */
  private record Line(String text, int bytes) {}

  private static Line line(Path file, InputStream in, int room) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.size() >= room) {
        throw ScanFaults.damaged(file, "is no NRRD file (its header has no end)");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    int bytes = line.size() + (c < 0 ? 0 : 1);
    return new Line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, bytes);
  }

  Optional<String> field(String... names) {
    return Arrays.stream(names).filter(fields::containsKey).map(fields::get).findFirst();
  }

  private String needed(String name) {
    return field(name)
        .orElseThrow(() -> ScanFaults.damaged(file, "has no field '" + name + "' in its header"));
  }

  boolean gzip() {
    String encoding = needed("encoding").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "raw" -> false;
      case "gzip", "gz" -> true;
      default ->
          throw ScanFaults.of(
              file,
              "has the encoding '" + encoding + "', which is unknown here",
              "write it anew with the encoding raw or gzip");
    };
  }

  /** Lines of another format to pass over before the voxels; they are never packed. */
  long lineSkip() {
    return skip("line skip", "lineskip", "\\d{1,9}");
  }

  /**
   * Bytes to pass over before the voxels and behind the lines, counted in what is unpacked; {@link
   * #TO_THE_END} where raw voxels are the last bytes of their file.
   */
  long byteSkip() {
    long skip = skip("byte skip", "byteskip", "-1|\\d{1,9}");
    if (skip == TO_THE_END && gzip()) {
      throw ScanFaults.of(
          file,
          "has the byte skip -1, which raw voxels alone can have, and the encoding gzip",
          "write it anew without a byte skip");
    }
    return skip;
  }

  private long skip(String name, String otherName, String form) {
    String text = field(name, otherName).orElse("0");
    if (!text.matches(form)) {
      throw ScanFaults.damaged(file, "has the odd " + name + " '" + text + "' in its header");
    }
    return Long.parseLong(text);
  }

  VoxelStream voxels(Path data) {
    String name = needed("type");
    VoxelType type =
        VoxelType.ofNrrd(name)
            .orElseThrow(
                () ->
                    ScanFaults.of(
                        file,
                        "has voxels of type '" + name + "', which is unknown here",
                        "convert it to whole numbers of 8 to 64 bits or to floats"));
    long[] all = sizes();
    long[] sizes = axes().stream().mapToLong(axis -> all[axis]).toArray();
    return new VoxelStream(data, sizes, type, order(type), 1, 0);
  }

  private ByteOrder order(VoxelType type) {
    if (type.bytes() == 1) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String endian = needed("endian").toLowerCase(Locale.ROOT);
    return switch (endian) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw ScanFaults.damaged(file, "has the unknown endian '" + endian + "'");
    };
  }

  /** Voxels along each axis of the file, frames included. */
  long[] sizes() {
    List<String> words = List.of(needed("sizes").split("\\s+"));
    String axes = needed("dimension");
    if (!axes.equals(Integer.toString(words.size()))) {
      throw ScanFaults.damaged(
          file, "has the dimension " + axes + " but " + words.size() + " sizes");
    }
    if (!words.stream().allMatch(word -> word.matches("\\d{1,9}"))) {
      throw ScanFaults.damaged(file, "has absurd dimensions (" + needed("sizes") + ")");
    }
    return words.stream().mapToLong(Long::parseLong).toArray();
  }

  /** Which axes of the file are those of space. */
  List<Integer> axes() {
    long[] sizes = sizes();
    if (sizes.length == 3) {
      return List.of(0, 1, 2);
    }
    boolean first = field("space directions").filter(text -> text.startsWith("none")).isPresent();
    if (sizes.length == 4 && sizes[first ? 0 : 3] == 1) {
      return first ? List.of(1, 2, 3) : List.of(0, 1, 2);
    }
    throw ScanFaults.of(
        file,
        sizes.length < 3
            ? "is no scan of three dimensions but of " + sizes.length
            : "has several frames or channels (sizes " + needed("sizes") + ")",
        "write one frame of three dimensions to a file of its own");
  }
}
