package juxta.testkit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.volume.Extent;

/**
 * A few generated scans with a box in them. Scans differ in size and are filled up with 0 at the
 * end of each axis.
 *
 * @param splits train and test
 */
record TinyVolumes(Map<String, Split> splits) implements Dataset {
  static final Set<String> FIELDS =
      Set.of(
          Field.VOLUME,
          Field.MASK,
          Field.LABELLED,
          Field.EXTENT,
          Field.SPACING,
          Field.AFFINE,
          Field.CASE);

  /** Scans whose box is bright, or (if they are not telling) nothing but noise. */
  static TinyVolumes of(int train, int test, boolean telling) {
    Extent side = new Extent(10, 10, 10);
    return new TinyVolumes(
        Map.of(
            TRAIN, new Drawn(train, side, telling, false, 1),
            TEST, new Drawn(test, side, telling, false, 2)));
  }

  /**
   * What methods, encoders and augmentations are tried with. Every second mask of the training
   * scans is blotted out.
   */
  static TinyVolumes small() {
    Extent side = new Extent(36, 34, 18);
    return new TinyVolumes(
        Map.of(
            TRAIN,
            new Drawn(8, side, true, true, 1),
            Dataset.REVEALED,
            new Drawn(8, side, true, false, 1),
            TEST,
            new Drawn(4, side, true, false, 2)));
  }

  @Override
  public String id() {
    return "tiny-volumes";
  }

  @Override
  public DataKind kind() {
    return DataKind.VOLUMES;
  }

  @Override
  public List<String> classes() {
    return List.of("background", "box");
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Drawn(int size, Extent side, boolean telling, boolean few, long seed)
      implements Split {
    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.VOLUME, FieldType.FLOAT32, side.x(), side.y(), side.z(), 1),
          Field.of(Field.MASK, FieldType.UINT8, side.x(), side.y(), side.z()),
          Field.of(Field.LABELLED, FieldType.INT32),
          Field.of(Field.EXTENT, FieldType.INT32, 3),
          Field.of(Field.SPACING, FieldType.FLOAT32, 3),
          Field.of(Field.AFFINE, FieldType.FLOAT32, 12),
          Field.of(Field.CASE, FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      boolean labelled = !few || record % 2 == 0;
      return switch (field) {
        case Field.EXTENT -> Tensors.ints(new long[] {3}, side.x(), side.y() - 1, deep(record));
        case Field.SPACING -> Tensors.floats(new long[] {3}, 1, 1, 2.5f);
        case Field.AFFINE -> Tensors.floats(new long[] {12}, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2.5f, 0);
        case Field.CASE -> Value.of("case-" + record);
        case Field.LABELLED -> Value.of(labelled ? 1 : 0);
        case Field.MASK ->
            new Value(
                FieldType.UINT8,
                field(field).shape(),
                ByteBuffer.wrap(labelled ? box(record) : new byte[side.voxels()]));
        default -> scan(record);
      };
    }

    private int deep(int record) {
      return side.z() - record % 3;
    }

    private Value scan(int record) {
      byte[] box = box(record);
      Random noise = new Random(seed * 1_000_003 + record);
      float[] values = new float[box.length];
      for (int i = 0; i < values.length; i++) {
        boolean inside = i / side.z() % side.y() < side.y() - 1 && i % side.z() < deep(record);
        float drawn = noise.nextFloat();
        values[i] = !inside ? 0 : telling ? 0.8f * box[i] + 0.2f * drawn : drawn;
      }
      return Tensors.floats(new long[] {side.x(), side.y(), side.z(), 1}, values);
    }

    private byte[] box(int record) {
      byte[] box = new byte[side.voxels()];
      for (int x = side.x() / 10; x < 6 * side.x() / 10; x++) {
        for (int y = side.y() / 5; y < 7 * side.y() / 10; y++) {
          for (int z = side.z() / 10 + record % 2; z < 6 * side.z() / 10; z++) {
            box[side.index(x, y, z)] = 1;
          }
        }
      }
      return box;
    }
  }
}
