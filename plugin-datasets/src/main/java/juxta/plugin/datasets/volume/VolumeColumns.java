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
    columns.put(Field.of(Field.EXTENT, FieldType.INT32, 3), one -> extent(one.grid()));
    floats(columns, Field.SPACING, 3, (one, at) -> one.grid().spacing(at));
    floats(columns, Field.AFFINE, 12, (one, at) -> one.grid().affine().get(at));
    columns.put(Field.of(Field.SOURCE_EXTENT, FieldType.INT32, 3), one -> extent(one.source()));
    floats(columns, Field.SOURCE_AFFINE, 12, (one, at) -> one.source().affine().get(at));
    columns.put(Field.of(Field.LABELLED, FieldType.INT32), one -> Value.of(one.labelled() ? 1 : 0));
    columns.put(Field.of(Field.CASE, FieldType.TEXT), one -> Value.of(one.id()));
    columns.put(
        Field.of(Field.PATIENT, FieldType.TEXT), one -> Value.of(VolumeLists.patient(one.id())));
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
