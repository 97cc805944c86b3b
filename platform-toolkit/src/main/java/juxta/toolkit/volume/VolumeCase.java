package juxta.toolkit.volume;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * A scan with its true mask, as large as it is: records are filled up at the end of each axis, so
 * that all have one shape. Read from these fields of a split:
 *
 * <ul>
 *   <li>{@link Field#VOLUME}, float32 [X, Y, Z, channels]
 *   <li>{@link Field#MASK}, uint8 [X, Y, Z], a class index a voxel
 *   <li>{@link Field#EXTENT}, {@link Field#SPACING} and, where the data have them, {@link
 *       Field#AFFINE}, {@link Field#CASE} and, together, {@link Field#SOURCE_EXTENT} and {@link
 *       Field#SOURCE_AFFINE}
 * </ul>
 *
 * @param name what it is called
 * @param grid its voxels, without what fills the record up
 * @param spacing millimetres between voxels
 * @param scan [X, Y, Z, channels]; not copied
 * @param truth [X, Y, Z] class indices as unsigned bytes; not copied
 * @param source the grid of the file that the scan was made from; {@code grid} where it was neither
 *     cut nor resampled
 */
public record VolumeCase(
    String name, Grid grid, Spacing spacing, float[] scan, byte[] truth, Grid source) {
  /**
   * Checks the sizes.
   *
   * @param name see the record
   * @param grid see the record
   * @param spacing see the record
   * @param scan see the record
   * @param truth see the record
   * @param source see the record
   * @throws IllegalArgumentException if scan or mask have not a value for each voxel
   */
  public VolumeCase {
    if (scan.length == 0 || scan.length % grid.voxels() != 0 || truth.length != grid.voxels()) {
      throw new IllegalArgumentException(
          scan.length + " values and a mask of " + truth.length + " voxels for " + grid);
    }
  }

  /**
   * Reads a case.
   *
   * @param split where it is
   * @param record number of its record
   * @return the case
   * @throws UserException if it is larger than its record or its place in space makes no sense,
   *     naming the case
   */
  public static VolumeCase of(Split split, int record) {
    String name = name(split, record);
    Extent extent = extent(split, record);
    Value volume = split.value(Field.VOLUME, record);
    Value mask = split.value(Field.MASK, record);
    try {
      float[] mm = Tensors.floats(split.value(Field.SPACING, record));
      Spacing spacing = new Spacing(mm[0], mm[1], mm[2]);
      return new VolumeCase(
          name,
          grid(split, record, extent, spacing),
          spacing,
          scan(volume, extent),
          truth(mask, extent),
          source(split, record).orElseGet(() -> grid(split, record, extent, spacing)));
    } catch (IllegalArgumentException e) {
      throw new UserException("case '" + name + "': " + e.getMessage(), e);
    }
  }

  /**
   * Voxels of a case, without reading it.
   *
   * @param split where it is
   * @param record number of its record
   * @return X, Y and Z
   * @throws UserException if there are none, naming the case
   */
  public static Extent extent(Split split, int record) {
    int[] axes = Tensors.ints(split.value(Field.EXTENT, record));
    try {
      return new Extent(axes[0], axes[1], axes[2]);
    } catch (IllegalArgumentException e) {
      throw new UserException("case '" + name(split, record) + "': " + e.getMessage(), e);
    }
  }

  /**
   * Channels of all scans of a split.
   *
   * @param split the split
   * @return 1 or more
   * @throws UserException if its volumes are not [X, Y, Z, channels]
   */
  public static int channels(Split split) {
    List<Long> shape = split.field(Field.VOLUME).shape();
    if (shape.size() != 4 || shape.get(3) < 1) {
      throw new UserException(
          "the field 'volume' has the shape " + shape + ", not [X, Y, Z, channels]");
    }
    return Math.toIntExact(shape.get(3));
  }

  /**
   * Size of the scan.
   *
   * @return X, Y and Z
   */
  public Extent extent() {
    return new Extent(grid.x(), grid.y(), grid.z());
  }

  private static String name(Split split, int record) {
    return split.has(Field.CASE)
        ? split.value(Field.CASE, record).text()
        : Integer.toString(record);
  }

  private static Grid grid(Split split, int record, Extent extent, Spacing mm) {
    if (!split.has(Field.AFFINE)) {
      return Grid.of(extent.x(), extent.y(), extent.z(), mm.x(), mm.y(), mm.z());
    }
    return grid(extent, Tensors.floats(split.value(Field.AFFINE, record)));
  }

  private static Optional<Grid> source(Split split, int record) {
    if (!split.has(Field.SOURCE_EXTENT) || !split.has(Field.SOURCE_AFFINE)) {
      return Optional.empty();
    }
    int[] axes = Tensors.ints(split.value(Field.SOURCE_EXTENT, record));
    return Optional.of(
        grid(
            new Extent(axes[0], axes[1], axes[2]),
            Tensors.floats(split.value(Field.SOURCE_AFFINE, record))));
  }

  private static Grid grid(Extent extent, float[] affine) {
    return new Grid(
        extent.x(),
        extent.y(),
        extent.z(),
        IntStream.range(0, affine.length).mapToObj(i -> (double) affine[i]).toList());
  }

  private static float[] scan(Value volume, Extent extent) {
    Extent stored = stored(volume, extent);
    int channels = Math.toIntExact(volume.shape().get(3));
    float[] scan = new float[Math.multiplyExact(extent.voxels(), channels)];
    FloatBuffer all = volume.data().asFloatBuffer();
    for (int x = 0; x < extent.x(); x++) {
      for (int y = 0; y < extent.y(); y++) {
        all.get(
            stored.index(x, y, 0) * channels,
            scan,
            extent.index(x, y, 0) * channels,
            extent.z() * channels);
      }
    }
    return scan;
  }

  private static byte[] truth(Value mask, Extent extent) {
    Extent stored = stored(mask, extent);
    byte[] truth = new byte[extent.voxels()];
    ByteBuffer all = mask.data();
    for (int x = 0; x < extent.x(); x++) {
      for (int y = 0; y < extent.y(); y++) {
        all.get(stored.index(x, y, 0), truth, extent.index(x, y, 0), extent.z());
      }
    }
    return truth;
  }

  private static Extent stored(Value value, Extent extent) {
    List<Integer> shape = value.shape().stream().map(Math::toIntExact).toList();
    Extent stored = new Extent(shape.get(0), shape.get(1), shape.get(2));
    if (extent.x() > stored.x() || extent.y() > stored.y() || extent.z() > stored.z()) {
      throw new IllegalArgumentException(
          "it says that it has " + extent + " voxels, but holds " + stored);
    }
    return stored;
  }
}
