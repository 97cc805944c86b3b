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
 * The header of an NRRD file: lines of {@code field: text} up to an empty one.
 *
 * @param file named in errors
 * @param fields in lower case
 */
record NrrdHeader(Path file, Map<String, String> fields) {
  private static final int LONGEST = 1 << 20;

  /** Reads up to the empty line, or to the end where the voxels lie in another file. */
  static NrrdHeader read(Path file, InputStream in) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (!new String(magic, StandardCharsets.ISO_8859_1).equals("NRRD")) {
      throw ScanFaults.damaged(file, "is no NRRD file (it does not begin with NRRD)");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    int room = LONGEST;
    line(file, in, room); // the version
    for (String line = line(file, in, room); !line.isEmpty(); line = line(file, in, room)) {
      room -= line.length();
      int colon = line.indexOf(": ");
      // others are comments and the key:=value pairs of programs
      if (!line.startsWith("#") && colon > 0 && !line.substring(0, colon).contains(":=")) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.put(name.replace("datafile", "data file"), line.substring(colon + 2).strip());
      }
    }
    return new NrrdHeader(file, fields);
  }

  private static String line(Path file, InputStream in, int room) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (line.size() >= room) {
        throw ScanFaults.damaged(file, "is no NRRD file (its header has no end)");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
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

  /** Bytes to pass over before the voxels. */
  long skip() {
    Optional<String> lines = field("line skip", "lineskip").filter(text -> !text.equals("0"));
    String text = field("byte skip", "byteskip").orElse("0");
    long skip = lines.isPresent() || !text.matches("\\d{1,9}") ? -1 : Long.parseLong(text);
    if (skip < 0) {
      throw ScanFaults.of(
          file,
          "passes over lines or bytes of another format before its voxels",
          "write it anew without that");
    }
    return skip;
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
