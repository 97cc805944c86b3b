package juxta.toolkit.volume;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;

/**
 * Where an NRRD file says that its voxels lie, turned to right, front and up.
 *
 * @param header the file's header
 */
record NrrdAffine(NrrdHeader header) {
  private static final Pattern VECTOR = Pattern.compile("none|\\(([^()]*)\\)");

  /** 3 x 4 numbers, row by row. */
  List<Double> millimetres() {
    int[] signs = signs();
    List<List<Double>> columns = directions();
    List<Double> affine = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        affine.add(0.0 + signs[row] * columns.get(column).get(row));
      }
    }
    return affine;
  }

  /** Whether the file's first, second and third numbers point right, to the front and up. */
  private int[] signs() {
    String space = header.field("space").orElse("").toLowerCase(Locale.ROOT);
    return switch (space) {
      case "left-posterior-superior", "lps" -> new int[] {-1, -1, 1};
      case "left-anterior-superior", "las" -> new int[] {-1, 1, 1};
      // what has no place in a patient is taken as it is
      default -> new int[] {1, 1, 1};
    };
  }

  /** The steps along the three axes and the place of the first voxel. */
  private List<List<Double>> directions() {
    List<List<Double>> columns = new ArrayList<>();
    if (header.field("space directions").isPresent()) {
      List<List<Double>> all = vectors("space directions");
      if (all.size() == header.sizes().length) {
        header.axes().forEach(axis -> columns.add(all.get(axis)));
      }
      if (columns.stream().filter(column -> column.size() == 3).count() != 3) {
        throw wrong("space directions");
      }
    } else {
      columns.addAll(spacings());
    }
    List<List<Double>> origin =
        header.field("space origin").isPresent()
            ? vectors("space origin")
            : List.of(List.of(0.0, 0.0, 0.0));
    if (origin.size() != 1 || origin.get(0).size() != 3) {
      throw wrong("space origin");
    }
    columns.add(origin.get(0));
    return columns;
  }

  private List<List<Double>> spacings() {
    List<List<Double>> columns = new ArrayList<>();
    String[] words = header.field("spacings").orElse("").split("\\s+");
    for (int axis = 0; axis < 3; axis++) {
      int at = header.axes().get(axis);
      double spacing =
          at < words.length && !words[at].isEmpty() ? number(words[at], "spacings") : 1;
      List<Double> column = new ArrayList<>(Collections.nCopies(3, 0.0));
      column.set(axis, Double.isFinite(spacing) && spacing > 0 ? spacing : 1);
      columns.add(column);
    }
    return columns;
  }

  /** The vectors of a field; an axis outside space gives an empty one. */
  private List<List<Double>> vectors(String field) {
    List<List<Double>> vectors = new ArrayList<>();
    Matcher matcher = VECTOR.matcher(header.field(field).orElse(""));
    while (matcher.find()) {
      List<Double> vector = new ArrayList<>();
      if (matcher.group(1) != null) {
        for (String word : matcher.group(1).split(",")) {
          vector.add(number(word, field));
          if (!Double.isFinite(vector.get(vector.size() - 1))) {
            throw wrong(field);
          }
        }
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private double number(String word, String field) {
    try {
      return Double.parseDouble(word.strip());
    } catch (NumberFormatException e) {
      throw wrong(field);
    }
  }

  private UserException wrong(String field) {
    return ScanFaults.damaged(
        header.file(),
        "has an odd '%s' in its header (%s)".formatted(field, header.field(field).orElse("")));
  }
}
