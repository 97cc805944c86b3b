package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Field;

/** What of the records of a sample somebody may want to look after. */
final class Remarks {
  private static final int NAMED = 3;

  private Remarks() {}

  static List<String> of(List<Look> looks) {
    List<String> remarks = new ArrayList<>();
    add(remarks, wild(looks), "with numbers that are not finite");
    add(remarks, looks.stream().filter(Remarks::plain).toList(), "of one value only");
    add(
        remarks,
        looks.stream()
            .filter(look -> look.texts().getOrDefault(Field.TEXT, "x").isBlank())
            .toList(),
        "with an empty text");
    add(remarks, doubles(looks), "that another split has, too");
    if (turned(looks)) {
      remarks.add(
          "scans are much shorter along x than along z: if they are slices along x, see whether the"
              + " reader has a setting for the order of axes");
    }
    return remarks;
  }

  private static boolean turned(List<Look> looks) {
    List<Look> scans = looks.stream().filter(look -> look.lengths().containsKey("z")).toList();
    return !scans.isEmpty()
        && scans.stream().allMatch(look -> look.lengths().get("x") * 3 < look.lengths().get("z"));
  }

  private static void add(List<String> remarks, List<Look> looks, String what) {
    if (looks.isEmpty()) {
      return;
    }
    List<String> named = looks.stream().limit(NAMED).map(look -> name(look.pick())).toList();
    remarks.add(
        looks.size()
            + (looks.size() == 1 ? " record " : " records ")
            + what
            + ": "
            + String.join(", ", named)
            + (looks.size() > NAMED ? ", …" : ""));
  }

  private static String name(Pick pick) {
    return pick.split() + " " + pick.record();
  }

  private static List<Look> wild(List<Look> looks) {
    return looks.stream()
        .filter(
            look ->
                look.values().values().stream()
                    .flatMap(List::stream)
                    .anyMatch(moments -> moments.wild() > 0))
        .toList();
  }

  /** Whether all that is seen of a record is one colour, or nothing. */
  private static boolean plain(Look look) {
    return !look.values().isEmpty()
        && look.values().values().stream()
            .flatMap(List::stream)
            .allMatch(moments -> moments.count() > 0 && moments.least() == moments.greatest());
  }

  /** Records of a split whose like was seen in a split before. */
  private static List<Look> doubles(List<Look> looks) {
    Map<String, String> splits = new LinkedHashMap<>();
    List<Look> doubles = new ArrayList<>();
    for (Look look : looks) {
      if (!look.digest().isEmpty() && !plain(look)) {
        String first = splits.putIfAbsent(look.digest(), look.pick().split());
        if (first != null && !first.equals(look.pick().split())) {
          doubles.add(look);
        }
      }
    }
    return doubles;
  }
}
