package juxta.toolkit.volume;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.FieldType;

/**
 * How scans are cut into windows.
 *
 * @param patch voxels of a window along each axis; 0 where the model or, if it does not say, the
 *     scan decides
 * @param stride voxels from window to window; where it is longer than the window, the window's
 *     length is taken, so that no voxel is left out
 * @param batch windows at once
 */
public record Tiling(List<Integer> patch, Extent stride, int batch) {
  /**
   * Checks and copies.
   *
   * @param patch three numbers, 0 or more
   * @param stride see the record
   * @param batch 1 or more
   * @throws IllegalArgumentException for other numbers
   */
  public Tiling {
    patch = List.copyOf(patch);
    if (patch.size() != 3 || patch.stream().anyMatch(n -> n < 0) || batch < 1) {
      throw new IllegalArgumentException("a batch of " + batch + " windows of " + patch);
    }
  }

  /** With the lengths that a model declares [X, Y, Z, channels], where this has none. */
  Tiling with(List<Long> declared) {
    List<Integer> whole =
        IntStream.range(0, 3)
            .mapToObj(
                axis ->
                    patch.get(axis) > 0 || declared.size() != 4
                        ? patch.get(axis)
                        : Math.toIntExact(Math.max(0, declared.get(axis))))
            .toList();
    return new Tiling(whole, stride, batch);
  }

  /** The shape of a record that holds a window, -1 where scans decide. */
  Field field(int channels) {
    long[] shape = {open(0), open(1), open(2), channels};
    return Field.of(Field.VOLUME, FieldType.FLOAT32, shape);
  }

  private long open(int axis) {
    return patch.get(axis) == 0 ? -1 : patch.get(axis);
  }

  /** The windows over a scan. */
  Windows over(Extent scan) {
    Extent window =
        new Extent(
            patch.get(0) == 0 ? scan.x() : patch.get(0),
            patch.get(1) == 0 ? scan.y() : patch.get(1),
            patch.get(2) == 0 ? scan.z() : patch.get(2));
    Extent steps =
        new Extent(
            Math.min(stride.x(), window.x()),
            Math.min(stride.y(), window.y()),
            Math.min(stride.z(), window.z()));
    return Windows.of(scan, window, steps);
  }

  /**
   * The window, for people.
   *
   * @return lengths such as {@code 112 x 112 x whole scan}
   */
  public String window() {
    return patch.stream()
        .map(n -> n == 0 ? "whole scan" : Integer.toString(n))
        .collect(Collectors.joining(" x "));
  }
}
