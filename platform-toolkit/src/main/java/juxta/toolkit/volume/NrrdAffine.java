package juxta.toolkit.volume;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    NrrdUnits units = new NrrdUnits(header, "space units");
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        // distances alone have units of their own
        double unit = directed() || column == 3 ? units.millimetres(row) : 1;
        affine.add(0.0 + signs[row] * unit * columns.get(column).get(row));
      }
    }
    return affine;
  }

  /** How much of that the header says. */
  Placement placement() {
    if (directed()) {
      return Placement.FULL;
    }
    boolean spaced = header.axes().stream().mapToDouble(this::spacing).allMatch(s -> s > 0);
    return spaced ? Placement.SPACING : Placement.NONE;
  }

  private boolean directed() {
    return header.field("space directions").isPresent();
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
    if (directed()) {
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
    columns.add(origin());
    return columns;
  }

  /** Place of the first voxel; nan stands for one that is not given. */
  private List<Double> origin() {
    Optional<String> text = header.field("space origin");
    List<List<Double>> origin = text.isPresent() ? vectors("space origin") : List.of(List.of());
    boolean none = text.isPresent() && text.get().contains("none");
    if (none || origin.size() != 1 || origin.get(0).size() != 3 && !origin.get(0).isEmpty()) {
      throw wrong("space origin");
    }
    return origin.get(0).isEmpty() ? List.of(0.0, 0.0, 0.0) : origin.get(0);
  }

  private List<List<Double>> spacings() {
    List<List<Double>> columns = new ArrayList<>();
    NrrdUnits units = new NrrdUnits(header, "units");
    for (int axis = 0; axis < 3; axis++) {
      int at = header.axes().get(axis);
      double spacing = spacing(at);
      List<Double> column = new ArrayList<>(Collections.nCopies(3, 0.0));
      column.set(axis, spacing > 0 ? spacing * units.millimetres(at) : 1);
      columns.add(column);
    }
    return columns;
  }

  /** As written along an axis of the file; 0 where none is given. */
  private double spacing(int axis) {
    String[] words = header.field("spacings").orElse("").strip().split("\\s+");
    if (axis >= words.length || words[axis].isEmpty()) {
      return 0;
    }
    double spacing = number(words[axis], "spacings");
    return Double.isFinite(spacing) && spacing > 0 ? spacing : 0;
  }

  /** The vectors of a field; one that is not given, as for an axis outside space, is empty. */
  private List<List<Double>> vectors(String field) {
    List<List<Double>> vectors = new ArrayList<>();
    Matcher matcher = VECTOR.matcher(header.field(field).orElse(""));
    while (matcher.find()) {
      List<Double> vector = new ArrayList<>();
      if (matcher.group(1) != null) {
        for (String word : matcher.group(1).split(",")) {
          vector.add(number(word, field));
        }
        if (vector.stream().allMatch(number -> number.isNaN())) {
          vector.clear();
        }
        if (!vector.stream().allMatch(Double::isFinite)) {
          throw wrong(field);
        }
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private double number(String word, String field) {
    try {
      String plain = word.strip().toLowerCase(Locale.ROOT);
      return switch (plain) {
        case "nan", "+nan", "-nan" -> Double.NaN;
        case "inf", "+inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(plain);
      };
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
