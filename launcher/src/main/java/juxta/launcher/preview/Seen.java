package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.preview.Draws;

/**
 * A record as it is read, and as a method sees it.
 *
 * @param pick which record
 * @param values by field
 * @param views by view the fields that the augmentation changed; none where there are no views
 * @param black by channel the value that views give to black, empty where that is not known
 * @param white by channel the value that views give to white
 * @param why why there are no views, empty if there are
 */
record Seen(
    Pick pick,
    Map<String, Value> values,
    List<Map<String, Value>> views,
    float[] black,
    float[] white,
    String why) {
  /** What is shown of records. */
  static final List<String> SHOWN = List.of(Field.VOLUME, Field.IMAGE);

  /** The field that a split's records are shown by. */
  static Optional<Field> shown(Split split) {
    return SHOWN.stream()
        .filter(split::has)
        .map(split::field)
        .filter(field -> !Axes.of(field).isEmpty())
        .findFirst();
  }

  /**
   * Reads records and draws their views, as those of one step where there are several.
   *
   * @param data the data
   * @param picks the records, those of a split one after the other
   * @param method what draws, if anything does
   * @param columns what is drawn
   */
  static List<Seen> of(
      Dataset data, List<Pick> picks, Optional<Draws> method, ViewColumns columns) {
    Map<String, List<Pick>> bySplit = new LinkedHashMap<>();
    picks.forEach(pick -> bySplit.computeIfAbsent(pick.split(), s -> new ArrayList<>()).add(pick));
    List<Seen> all = new ArrayList<>();
    bySplit.forEach((split, own) -> all.addAll(of(data, split, own, method, columns)));
    return all;
  }

  private static List<Seen> of(
      Dataset data, String name, List<Pick> picks, Optional<Draws> method, ViewColumns columns) {
    Split split = data.split(name);
    List<String> fields = split.fields().stream().map(Field::name).toList();
    List<Map<String, Value>> records =
        picks.stream().map(pick -> split.values(fields, pick.record())).toList();
    Seen[] all = new Seen[picks.size()];
    alike(split, records)
        .forEach(
            (shapes, places) -> {
              List<Map<String, Value>> own = places.stream().map(records::get).toList();
              Drawing drawing = drawing(method, shapes, own, columns);
              for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                all[place] = drawing.of(picks.get(place), records.get(place), i);
              }
            });
    return List.of(all);
  }

  /** Places of the records whose values have the same shapes, with fields of these shapes. */
  private static Map<List<Field>, List<Integer>> alike(
      Split split, List<Map<String, Value>> records) {
    Map<List<Field>, List<Integer>> alike = new LinkedHashMap<>();
    for (int i = 0; i < records.size(); i++) {
      Map<String, Value> record = records.get(i);
      List<Field> shapes =
          split.fields().stream()
              .filter(field -> field.type() != FieldType.TEXT)
              .map(f -> new Field(f.name(), f.type(), record.get(f.name()).shape()))
              .toList();
      alike.computeIfAbsent(shapes, s -> new ArrayList<>()).add(i);
    }
    return alike;
  }

  /**
   * What became of some records.
   *
   * @param drawn their views
   * @param why why there are none
   */
  private record Drawing(Optional<Draws.Drawn> drawn, String why) {
    Seen of(Pick pick, Map<String, Value> record, int place) {
      return drawn
          .map(d -> new Seen(pick, record, d.views().get(place), d.black(), d.white(), ""))
          .orElse(new Seen(pick, record, List.of(), new float[0], new float[0], why));
    }
  }

  private static Drawing drawing(
      Optional<Draws> method,
      List<Field> fields,
      List<Map<String, Value>> records,
      ViewColumns columns) {
    if (method.isEmpty()) {
      return new Drawing(Optional.empty(), "");
    }
    try {
      return new Drawing(
          Optional.of(method.get().of(fields, records, columns.views(), columns.steps())), "");
    } catch (UserException e) {
      return new Drawing(Optional.empty(), String.join("; ", e.problems()));
    }
  }
}
