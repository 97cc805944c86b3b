package juxta.plugin.iir;

import java.util.List;
import java.util.stream.Stream;
import juxta.api.Split;

/**
 * Which lists of a query's ground truth are positives and which are ignored. All else is negative.
 *
 * @param name put before the names of metrics, empty where there is one protocol only
 * @param positive names of fields with indices of the database
 * @param ignored names of fields with indices of the database
 */
record Grade(String name, List<String> positive, List<String> ignored) {
  private static final String EASY = "easy";
  private static final String HARD = "hard";
  private static final String JUNK = "junk";

  /** Of the revisited benchmarks, the one that is most often quoted first. */
  private static final List<Grade> REVISITED =
      List.of(
          new Grade("medium", List.of(EASY, HARD), List.of(JUNK)),
          new Grade("hard", List.of(HARD), List.of(JUNK, EASY)),
          new Grade("easy", List.of(EASY), List.of(JUNK, HARD)));

  /** Of Oxford5k and Paris6k as first published; good and ok images are positives. */
  private static final List<Grade> CLASSIC = List.of(new Grade("", List.of("ok"), List.of(JUNK)));

  /** The protocols that queries have lists for, perhaps none. */
  static List<Grade> of(Split queries) {
    return Stream.of(REVISITED, CLASSIC)
        .filter(grades -> grades.stream().allMatch(grade -> grade.fits(queries)))
        .findFirst()
        .orElse(List.of());
  }

  private boolean fits(Split queries) {
    return Stream.of(positive, ignored).flatMap(List::stream).allMatch(queries::has);
  }

  /** The name of a metric under this protocol. */
  String metric(String of) {
    return name.isEmpty() ? of : name + "-" + of;
  }
}
