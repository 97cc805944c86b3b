package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.Field;
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
    String why = "";
    Draws.Drawn drawn = new Draws.Drawn(List.of(), new float[0], new float[0]);
    if (method.isPresent() && !columns.views().isEmpty()) {
      if (!shown(split).filter(Field::fixed).equals(shown(data.train()))) {
        why = "of another size than those that are trained on";
      } else {
        try {
          List<Field> fixed = split.fields().stream().filter(Field::fixed).toList();
          drawn = method.get().of(fixed, records, columns.views(), columns.steps());
        } catch (UserException e) {
          why = String.join("; ", e.problems());
        }
      }
    }
    List<Seen> all = new ArrayList<>();
    for (int i = 0; i < picks.size(); i++) {
      List<Map<String, Value>> views = drawn.views().isEmpty() ? List.of() : drawn.views().get(i);
      all.add(new Seen(picks.get(i), records.get(i), views, drawn.black(), drawn.white(), why));
    }
    return all;
  }
}
