package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.volume.Grid;

/**
 * The columns of splits of scans. All scans are filled up with zeros at the end of each axis to one
 * size, so that they can lie side by side on the device; {@code extent} says how much is real.
 */
public final class VolumeColumns {
  /** Field with the voxels of a scan before it was filled up: int32 [3]. */
  static final String EXTENT = "extent";

  /** Field with the distance of voxels in millimetres: float32 [3]. */
  static final String SPACING = "spacing";

  /** Field with 3 x 4 numbers that take a voxel's indices to millimetres: float32 [12]. */
  static final String AFFINE = "affine";

  /** Field with the extent that the scan has in its file: int32 [3]. */
  static final String SOURCE_EXTENT = "source-extent";

  /** Field with the affine that the scan has in its file: float32 [12]. */
  static final String SOURCE_AFFINE = "source-affine";

  /** Field with 1 where the mask may be seen and 0 where it was blotted out: int32 []. */
  static final String LABELLED = "labelled";

  /** Field with the name of the scan: text. */
  static final String CASE = "case";

  /**
   * Name of the split with the scans of the training split, in its order, but with every mask to be
   * seen. It is there for one purpose, the row of a comparison that trains on all labels and so
   * bounds the others from above: nothing else may read it, neither methods, nor evaluators, nor
   * what chooses models. It is left out where nothing is hidden or where a scan has no mask.
   */
  public static final String REVEALED = "revealed";

  private final int x;
  private final int y;
  private final int z;

  private VolumeColumns(int x, int y, int z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  /** Columns as large as the greatest of all scans. */
  public static VolumeColumns around(Collection<VolumeRecord> records) {
    int x = records.stream().mapToInt(record -> record.grid().x()).max().orElseThrow();
    int y = records.stream().mapToInt(record -> record.grid().y()).max().orElseThrow();
    int z = records.stream().mapToInt(record -> record.grid().z()).max().orElseThrow();
    if (4.0 * x * y * z > Integer.MAX_VALUE - 8) {
      throw new UserException(
          ("the greatest extents of the scans are %d x %d x %d voxels, which is too much for one"
                  + " record; set data.spacing or data.crop-margin")
              .formatted(x, y, z));
    }
    return new VolumeColumns(x, y, z);
  }

  public Split split(List<VolumeRecord> records) {
    Field volume = Field.of(Field.VOLUME, FieldType.FLOAT32, x, y, z, 1);
    Field mask = Field.of(Field.MASK, FieldType.UINT8, x, y, z);
    Map<Field, Function<VolumeRecord, Value>> columns = new LinkedHashMap<>();
    columns.put(volume, one -> new Value(volume.type(), volume.shape(), voxels(one)));
    columns.put(mask, one -> new Value(mask.type(), mask.shape(), classes(one)));
    columns.put(Field.of(EXTENT, FieldType.INT32, 3), one -> extent(one.grid()));
    floats(columns, SPACING, 3, (one, at) -> one.grid().spacing(at));
    floats(columns, AFFINE, 12, (one, at) -> one.grid().affine().get(at));
    columns.put(Field.of(SOURCE_EXTENT, FieldType.INT32, 3), one -> extent(one.source()));
    floats(columns, SOURCE_AFFINE, 12, (one, at) -> one.source().affine().get(at));
    columns.put(Field.of(LABELLED, FieldType.INT32), one -> Value.of(one.labelled() ? 1 : 0));
    columns.put(Field.of(CASE, FieldType.TEXT), one -> Value.of(one.id()));
    return new VolumeSplit(records, columns);
  }

  private ByteBuffer voxels(VolumeRecord record) {
    float[] from = record.scan().get().scan().voxels();
    Grid grid = record.grid();
    ByteBuffer to = ByteBuffer.allocate(4 * x * y * z).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < grid.x(); i++) {
      for (int j = 0; j < grid.y(); j++) {
        to.position(4 * (i * y + j) * z);
        to.asFloatBuffer().put(from, (i * grid.y() + j) * grid.z(), grid.z());
      }
    }
    return to.rewind();
  }

  /** Classes that may not be seen stay zero. */
  private ByteBuffer classes(VolumeRecord record) {
    byte[] to = new byte[x * y * z];
    if (record.labelled()) {
      byte[] from = record.scan().get().classes().orElseThrow();
      Grid grid = record.grid();
      for (int i = 0; i < grid.x(); i++) {
        for (int j = 0; j < grid.y(); j++) {
          System.arraycopy(from, (i * grid.y() + j) * grid.z(), to, (i * y + j) * z, grid.z());
        }
      }
    }
    return ByteBuffer.wrap(to);
  }

  private static Value extent(Grid grid) {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.of(grid.x(), grid.y(), grid.z()).forEach(data::putInt);
    return new Value(FieldType.INT32, List.of(3L), data.flip());
  }

  private static void floats(
      Map<Field, Function<VolumeRecord, Value>> columns,
      String name,
      int length,
      ToDoubleBiFunction<VolumeRecord, Integer> number) {
    columns.put(
        Field.of(name, FieldType.FLOAT32, length),
        one -> {
          ByteBuffer data = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
          for (int at = 0; at < length; at++) {
            data.putFloat((float) number.applyAsDouble(one, at));
          }
          return new Value(FieldType.FLOAT32, List.of((long) length), data.flip());
        });
  }
}
