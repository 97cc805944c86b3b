package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.engine.preview.Draws;
import juxta.toolkit.picture.Canvas;

/** The sheet of some records of data, beside the views that a method draws of them. */
public final class ContactSheet {
  private static final int SIDE = 192;
  private static final int SLICE = 160;
  private static final int CAPTIONS = 200;
  private static final int TEXTS = 340;

  private static final List<String> AXES = List.of("x", "y", "z");

  private final Dataset data;
  private final ViewColumns columns;
  private final Tints tints;
  private final boolean solid;
  private final boolean masks;

  private ContactSheet(Dataset data, ViewColumns columns, Tints tints) {
    this.data = data;
    this.columns = columns;
    this.tints = tints;
    this.solid = Seen.shown(data.train()).filter(f -> f.name().equals(Field.VOLUME)).isPresent();
    this.masks = data.train().has(Field.MASK) && !solid;
  }

  /**
   * A sheet.
   *
   * @param canvas what was drawn
   * @param missing why some records have no views, each reason once
   */
  public record Drawn(Canvas canvas, List<String> missing) {}

  /**
   * Whether there is anything to draw.
   *
   * @param data the data
   * @return true if records have images or scans
   */
  public static boolean possible(Dataset data) {
    return Seen.shown(data.train()).isPresent();
  }

  /**
   * Draws.
   *
   * @param title what is shown
   * @param lead more about it, a line each
   * @param data the data
   * @param picks the records, those of a split one after the other
   * @param method what draws views, if anything does
   * @param columns which views
   * @param classes indices that masks were seen to have
   * @return the sheet
   */
  public static Drawn draw(
      String title,
      List<String> lead,
      Dataset data,
      List<Pick> picks,
      Optional<Draws> method,
      ViewColumns columns,
      List<Integer> classes) {
    Tints tints = Tints.of(data.maskClasses(), classes);
    ViewColumns drawn = method.isPresent() ? columns : ViewColumns.NONE;
    List<Seen> records = Seen.of(data, picks, method, drawn);
    return new Drawn(
        new ContactSheet(data, drawn, tints).sheet(title, lead, records).draw(),
        records.stream().map(Seen::why).filter(why -> !why.isEmpty()).distinct().toList());
  }

  private Sheet sheet(String title, List<String> lead, List<Seen> records) {
    List<Sheet.Row> rows = records.stream().map(record -> row(record, records)).toList();
    boolean texts = data.train().has(Field.TEXT);
    return new Sheet(
        title,
        lead,
        headings(records),
        rows,
        tints,
        solid ? SLICE : SIDE,
        texts ? TEXTS : CAPTIONS);
  }

  private List<Sheet.Column> headings(List<Seen> records) {
    List<Sheet.Column> headings = new ArrayList<>();
    group(headings, "as read", solid ? List.of(0, 1, 2) : List.of(0));
    if (masks) {
      headings.add(new Sheet.Column("with its mask", ""));
    }
    List<String> names = columns.names();
    for (int i = 0; i < names.size(); i++) {
      int view = i;
      String size =
          records.stream()
              .filter(record -> !record.views().isEmpty())
              .findFirst()
              .map(record -> " (" + size(lengths(record, view)) + ")")
              .orElse("");
      group(headings, names.get(i) + size, slices(records, i));
    }
    return headings;
  }

  private void group(List<Sheet.Column> headings, String name, List<Integer> slices) {
    slices.forEach(s -> headings.add(new Sheet.Column(name, solid ? "middle " + AXES.get(s) : "")));
  }

  /** What is seen of a view: of scans the slices that are more than a line. */
  private List<Integer> slices(List<Seen> records, int view) {
    List<Integer> all = solid ? List.of(0, 1, 2) : List.of(0);
    List<Integer> flat =
        records.stream()
            .filter(record -> solid && !record.views().isEmpty())
            .findFirst()
            .map(record -> lengths(record, view))
            .map(at -> all.stream().filter(s -> at[s] == 1).toList())
            .orElse(List.of());
    return flat.size() == 1 ? flat : all;
  }

  private String shown() {
    return solid ? Field.VOLUME : Field.IMAGE;
  }

  private Value value(Seen record, int view) {
    return record.views().get(view).getOrDefault(shown(), record.values().get(shown()));
  }

  /** Lengths of a view in space. */
  private int[] lengths(Seen record, int view) {
    Value changed = record.views().get(view).get(shown());
    return changed == null
        ? lengths(record)
        : Axes.lengths(data.train().field(shown()), changed, Map.of());
  }

  private int[] lengths(Seen record) {
    Value stored = record.values().get(shown());
    return Axes.lengths(data.train().field(shown()), stored, record.values());
  }

  /** Such as {@code 64x48}, or of scans {@code 112 x 112 x 80}. */
  private String size(int[] lengths) {
    return solid
        ? Arrays.stream(lengths).mapToObj(Integer::toString).collect(Collectors.joining(" x "))
        : lengths[1] + "x" + lengths[0];
  }

  private Sheet.Row row(Seen record, List<Seen> records) {
    List<Sheet.Cell> cells = new ArrayList<>();
    if (solid) {
      scans(record, records, cells);
    } else {
      images(record, cells);
    }
    while (cells.size() < headings(records).size()) {
      cells.add(Sheet.Cell.none(record.why()));
    }
    List<String> lines = captions(record);
    String text = text(record.values(), Field.TEXT).orElse("");
    return new Sheet.Row(lines.get(0), lines.subList(1, lines.size()), text, cells);
  }

  private void images(Seen record, List<Sheet.Cell> cells) {
    Value image = record.values().get(Field.IMAGE);
    Tile stored = Tiles.image(image, Tiles.windows(image));
    cells.add(Sheet.Cell.of(stored));
    if (masks) {
      Optional<Value> mask = Optional.ofNullable(record.values().get(Field.MASK));
      cells.add(
          mask.map(m -> Sheet.Cell.of(stored.masked(Tiles.indices(m))))
              .orElse(Sheet.Cell.none("no mask")));
    }
    for (int view = 0; view < record.views().size(); view++) {
      Value seen = value(record, view);
      boolean known = record.black().length > 0 && seen.type() == FieldType.FLOAT32;
      Tile tile =
          Tiles.image(
              seen, known ? Tiles.windows(record.black(), record.white()) : Tiles.windows(seen));
      Value mask = record.views().get(view).get(Field.MASK);
      boolean one = mask != null && mask.type() == FieldType.UINT8;
      cells.add(Sheet.Cell.of(one ? tile.masked(Tiles.indices(mask)) : tile));
    }
  }

  private void scans(Seen record, List<Seen> records, List<Sheet.Cell> cells) {
    Value volume = record.values().get(Field.VOLUME);
    int[] lengths = lengths(record);
    Tiles.Window window = Tiles.window(volume, lengths);
    float[] spacing = Tiles.spacing(record.values());
    Optional<Value> mask = Optional.ofNullable(record.values().get(Field.MASK));
    Tiles.slices(volume, mask, lengths, window, spacing)
        .forEach(tile -> cells.add(Sheet.Cell.of(tile)));
    for (int view = 0; view < record.views().size(); view++) {
      Value seen = value(record, view);
      Optional<Value> own =
          Optional.ofNullable(record.views().get(view).getOrDefault(Field.MASK, mask.orElse(null)));
      List<Tile> tiles = Tiles.slices(seen, own, lengths(record, view), window, spacing);
      slices(records, view).forEach(s -> cells.add(Sheet.Cell.of(tiles.get(s))));
    }
  }

  /** What is known of a record, the most telling first. */
  private List<String> captions(Seen record) {
    Split split = data.split(record.pick().split());
    List<String> lines = new ArrayList<>();
    number(split, record, Field.LABEL)
        .ifPresent(label -> lines.add(new ClassNames(data.classes()).of(label)));
    text(record.values(), Field.CASE).ifPresent(lines::add);
    number(split, record, Field.INSTANCE)
        .filter(object -> object >= 0)
        .ifPresent(object -> lines.add("object " + object));
    lines.add(record.pick().split() + " " + record.pick().record());
    text(record.values(), Field.FILE)
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .filter(file -> !file.isEmpty())
        .ifPresent(lines::add);
    lines.add(size(lengths(record)));
    number(split, record, Field.LABELLED)
        .filter(labelled -> labelled == 0)
        .ifPresent(hidden -> lines.add("its mask is hidden"));
    return lines;
  }

  private static Optional<Integer> number(Split split, Seen record, String field) {
    return split.has(field) && Picks.number(split.field(field))
        ? Optional.of(record.values().get(field).number())
        : Optional.empty();
  }

  private static Optional<String> text(Map<String, Value> values, String field) {
    return Optional.ofNullable(values.get(field))
        .filter(value -> value.type() == FieldType.TEXT)
        .map(Value::text);
  }
}
