package juxta.launcher.preview;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** What the axes of fields are called, and which of them are those of a place. */
final class Axes {
  /** Fields whose numbers say where a scan lies, not what it shows. */
  static final Set<String> PLACES =
      Set.of(Field.EXTENT, Field.SPACING, Field.AFFINE, Field.SOURCE_EXTENT, Field.SOURCE_AFFINE);

  private static final List<String> FLAT = List.of("height", "width");
  private static final List<String> SOLID = List.of("x", "y", "z");

  private Axes() {}

  /** Names of a field's axes in space; those of a stranger's field have numbers. */
  static List<String> of(Field field) {
    int rank = field.shape().size();
    if (field.name().equals(Field.VOLUME) && rank == 4) {
      return SOLID;
    }
    return field.name().equals(Field.IMAGE) && rank == 3 ? FLAT : List.of();
  }

  /** Whether a field's numbers are what is seen: pixels, voxels, or a stranger's measurements. */
  static boolean measured(Field field) {
    return field.type() != FieldType.TEXT
        && field.type() != FieldType.INT32
        && !field.name().equals(Field.MASK)
        && !PLACES.contains(field.name());
  }

  /** Length of the last axis where it is one of channels, else 1. */
  static int channels(Field field, Value value) {
    int rank = value.shape().size();
    boolean seen = !of(field).isEmpty();
    return seen ? value.shape().get(rank - 1).intValue() : 1;
  }

  /** Lengths of a value in space; of a scan that was filled up, those before. */
  static int[] lengths(Field field, Value value, Map<String, Value> record) {
    return lengths(of(field).size(), value, record);
  }

  /** Lengths of a value along its first axes, so many as are in space. */
  static int[] lengths(int axes, Value value, Map<String, Value> record) {
    int[] lengths = value.shape().stream().limit(axes).mapToInt(Long::intValue).toArray();
    Value extent = record.get(Field.EXTENT);
    if (axes == SOLID.size() && extent != null && extent.shape().equals(List.of(3L))) {
      int[] own = Tensors.ints(extent);
      for (int axis = 0; axis < axes; axis++) {
        lengths[axis] = Math.max(1, Math.min(lengths[axis], own[axis]));
      }
    }
    return lengths;
  }

  /**
   * Where the voxels of a scan are that it was not filled up with, row by row.
   *
   * @param scan [X, Y, Z, …]
   * @param lengths those before it was filled up
   * @param stride takes only each so manieth along each axis
   * @return numbers of voxels
   */
  static IntStream inside(Value scan, int[] lengths, int stride) {
    int sy = scan.shape().get(1).intValue();
    int sz = scan.shape().get(2).intValue();
    return steps(lengths[0], stride)
        .flatMap(x -> steps(lengths[1], stride).map(y -> (x * sy + y) * sz))
        .flatMap(row -> steps(lengths[2], stride).map(z -> row + z));
  }

  private static IntStream steps(int length, int stride) {
    return IntStream.iterate(0, at -> at < length, at -> at + stride);
  }
}
