package juxta.plugin.datasets.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.UserException;
import juxta.plugin.datasets.file.CsvTable;
import juxta.toolkit.io.Excerpt;
import juxta.toolkit.picture.SafeColour;

/**
 * The classes of masks as files number them, and which of them count. Those that count are numbered
 * anew, from 0 and without gaps.
 *
 * @param source where the list is from, for errors
 * @param entries the classes, no index and no colour twice
 */
record MaskList(String source, List<Entry> entries) {
  /** Names that say that a class is none. */
  private static final String NOTHING =
      "un-?label?led|ignored?|void|unknown|unclassified|boundary|no[-_ ]?data";

  /**
   * A class.
   *
   * @param index its number in masks, 0 to 255
   * @param name its name
   * @param colour 0xRRGGBB
   */
  record Entry(int index, String name, int colour) {}

  MaskList {
    entries = List.copyOf(entries);
  }

  /** ISPRS Potsdam: colours of the published masks, numbers as MMSegmentation converts them. */
  static MaskList potsdam() {
    return known(
        "potsdam",
        new String[] {
          "boundary", "impervious surface", "building", "low vegetation", "tree", "car", "clutter"
        },
        new int[] {0x000000, 0xFFFFFF, 0x0000FF, 0x00FFFF, 0x00FF00, 0xFFFF00, 0xFF0000});
  }

  /** LoveDA: numbers of the published masks, colours as MMSegmentation shows them. */
  static MaskList loveda() {
    return known(
        "loveda",
        new String[] {
          "no-data", "background", "building", "road", "water", "barren", "forest", "agricultural"
        },
        new int[] {0x000000, 0xFFFFFF, 0xFF0000, 0xFFFF00, 0x0000FF, 0x9F81B7, 0x00FF00, 0xFFC380});
  }

  private static MaskList known(String source, String[] names, int[] colours) {
    return new MaskList(
        source,
        IntStream.range(0, names.length)
            .mapToObj(i -> new Entry(i, names[i], colours[i]))
            .toList());
  }

  /**
   * Classes without names: the numbers from 0 to the greatest of the masks. 255 is one where masks
   * are of black and white, and where all numbers count.
   *
   * @param used numbers that pixels have
   * @param all whether all count
   */
  static MaskList numbered(BitSet used, boolean all) {
    BitSet others = (BitSet) used.clone();
    others.clear(Field.IGNORED);
    boolean white = used.get(Field.IGNORED) && (all || others.length() == 1);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < Math.max(1, others.length()); i++) {
      entries.add(new Entry(i, Integer.toString(i), SafeColour.of(i)));
    }
    if (white) {
      entries.add(
          new Entry(Field.IGNORED, Integer.toString(Field.IGNORED), SafeColour.of(entries.size())));
    }
    return new MaskList("the masks", entries);
  }

  /**
   * Reads a CSV file with the column {@code name} and perhaps {@code id} (otherwise the rows are
   * numbered from 0) and {@code r}, {@code g}, {@code b} or {@code colour} as {@code #RRGGBB}.
   */
  static MaskList read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "images-with-masks: there is no file "
              + file
              + "; set classes to a CSV file with the columns name, r, g, b, or to potsdam or"
              + " loveda");
    }
    CsvTable table = CsvTable.read(file);
    OptionalInt name = table.find("name");
    if (name.isEmpty()) {
      throw new UserException(
          "%s, line 1: has no column 'name' (%s); add one"
              .formatted(file, Excerpt.of(String.join(", ", table.header()))));
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, CsvTable.Row> seen = new HashMap<>();
    for (CsvTable.Row row : table.rows()) {
      OptionalInt id = table.find("id");
      int index = id.isPresent() ? number(table, row, "id", id.getAsInt(), 255) : entries.size();
      int colour = colour(table, row, index);
      Entry entry = new Entry(index, row.values().get(name.getAsInt()).strip(), colour);
      unique(table, row, seen, "id " + index);
      unique(table, row, seen, "colour " + hex(colour));
      entries.add(entry);
    }
    return new MaskList(file.getFileName().toString(), entries);
  }

  private static void unique(
      CsvTable table, CsvTable.Row row, Map<String, CsvTable.Row> seen, String what) {
    CsvTable.Row before = seen.putIfAbsent(what, row);
    if (before != null) {
      throw new UserException(
          "%s: %s stands on line %d already; give each class its own"
              .formatted(table.at(row), what, before.line()));
    }
  }

  private static int colour(CsvTable table, CsvTable.Row row, int index) {
    OptionalInt hex = table.find("colour").isPresent() ? table.find("colour") : table.find("color");
    if (hex.isPresent()) {
      String text = row.values().get(hex.getAsInt()).strip().replace("#", "");
      if (!text.matches("[0-9a-fA-F]{6}")) {
        throw new UserException(
            "%s: '%s' is no colour; write it as #RRGGBB"
                .formatted(table.at(row), Excerpt.of(text)));
      }
      return Integer.parseInt(text, 16);
    }
    int colour = 0;
    for (String part : List.of("r", "g", "b")) {
      OptionalInt column = table.find(part);
      if (column.isEmpty()) {
        return SafeColour.of(index);
      }
      colour = colour << 8 | number(table, row, part, column.getAsInt(), 255);
    }
    return colour;
  }

  private static int number(
      CsvTable table, CsvTable.Row row, String name, int column, int greatest) {
    String text = row.values().get(column).strip();
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > greatest) {
      throw new UserException(
          "%s: %s is '%s'; it must be a whole number from 0 to %d"
              .formatted(table.at(row), name, Excerpt.of(text), greatest));
    }
    return Integer.parseInt(text);
  }

  static String hex(int colour) {
    return "#%06X".formatted(colour);
  }

  /** Index by colour. */
  Map<Integer, Integer> colours() {
    Map<Integer, Integer> colours = new HashMap<>();
    entries.forEach(e -> colours.put(e.colour(), e.index()));
    return colours;
  }

  /** Whether a class has this number. */
  boolean lists(int index) {
    return entries.stream().anyMatch(e -> e.index() == index);
  }

  /**
   * The classes that count.
   *
   * @param ignore {@code auto}, {@code none}, or names and numbers between commas
   */
  Kept kept(String ignore) {
    List<Entry> left = new ArrayList<>(entries);
    if (ignore.equals("auto")) {
      left.removeIf(e -> e.name().toLowerCase(Locale.ROOT).matches(NOTHING));
    } else if (!ignore.equals("none")) {
      for (String word : ignore.split(",")) {
        String wanted = word.strip();
        boolean known =
            left.removeIf(
                e ->
                    e.name().equalsIgnoreCase(wanted)
                        || Integer.toString(e.index()).equals(wanted));
        if (!known && !wanted.equals(Integer.toString(Field.IGNORED))) {
          throw new UserException(
              "images-with-masks: ignore names '%s', which is no class; there are %s"
                  .formatted(wanted, names()));
        }
      }
    }
    if (left.size() < 2) {
      throw new UserException(
          "images-with-masks: %d of the classes %s count; there must be two or more (%s, ignore=%s)"
              .formatted(left.size(), names(), source, ignore));
    }
    if (left.size() > Field.IGNORED) {
      throw new UserException(
          "images-with-masks: %d classes count (%s, ignore=%s), but at most %d can; name some in data.ignore"
              .formatted(left.size(), source, ignore, Field.IGNORED));
    }
    byte[] table = new byte[256];
    java.util.Arrays.fill(table, (byte) Field.IGNORED);
    for (int i = 0; i < left.size(); i++) {
      table[left.get(i).index()] = (byte) i;
    }
    return new Kept(left.stream().map(e -> new MaskClass(e.name(), e.colour())).toList(), table);
  }

  /** The numbers of the classes. */
  String numbers() {
    return String.join(", ", entries.stream().map(e -> Integer.toString(e.index())).toList());
  }

  private String names() {
    return Excerpt.of(
        String.join(", ", entries.stream().map(e -> e.index() + " " + e.name()).toList()));
  }

  /**
   * Classes that count.
   *
   * @param classes in order of their new numbers
   * @param table new number by the one in files
   */
  record Kept(List<MaskClass> classes, byte[] table) {
    /** The same classes, numbers near 0 and 255 counted as these. */
    Kept nearly() {
      byte[] wider = table.clone();
      for (int i = 0; i < wider.length; i++) {
        if (!MaskNoise.isBetween(i)) {
          wider[i] = table[i > Field.IGNORED / 2 ? Field.IGNORED : 0];
        }
      }
      return new Kept(classes, wider);
    }

    /** Numbers the pixels anew. */
    byte[] apply(byte[] indices) {
      byte[] mapped = new byte[indices.length];
      for (int i = 0; i < indices.length; i++) {
        mapped[i] = table[Byte.toUnsignedInt(indices[i])];
      }
      return mapped;
    }
  }
}
