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

/**
 * A few generated scans with a box in them. Scans differ in size and are filled up with 0 at the
 * end of each axis.
 *
 * @param splits train and test
 */
record TinyVolumes(Map<String, Split> splits) implements Dataset {
  static final Set<String> FIELDS = Set.of(Field.VOLUME, Field.MASK, "extent", "spacing", "case");

  private static final int SIDE = 10;

  /** Scans whose box is bright, or (if they are not telling) nothing but noise. */
  static TinyVolumes of(int train, int test, boolean telling) {
    return new TinyVolumes(
        Map.of(TRAIN, new Drawn(train, telling, 1), TEST, new Drawn(test, telling, 2)));
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

  private record Drawn(int size, boolean telling, long seed) implements Split {
    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.VOLUME, FieldType.FLOAT32, SIDE, SIDE, SIDE, 1),
          Field.of(Field.MASK, FieldType.UINT8, SIDE, SIDE, SIDE),
          Field.of("extent", FieldType.INT32, 3),
          Field.of("spacing", FieldType.FLOAT32, 3),
          Field.of("case", FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      return switch (field) {
        case "extent" -> Tensors.ints(new long[] {3}, SIDE, SIDE - 1, deep(record));
        case "spacing" -> Tensors.floats(new long[] {3}, 1, 1, 2.5f);
        case "case" -> Value.of("case-" + record);
        case Field.MASK ->
            new Value(FieldType.UINT8, field(field).shape(), ByteBuffer.wrap(box(record)));
        default -> scan(record);
      };
    }

    private static int deep(int record) {
      return SIDE - record % 3;
    }

    private Value scan(int record) {
      byte[] box = box(record);
      Random noise = new Random(seed * 1_000_003 + record);
      float[] values = new float[box.length];
      for (int i = 0; i < values.length; i++) {
        boolean inside = i / SIDE % SIDE < SIDE - 1 && i % SIDE < deep(record);
        float drawn = noise.nextFloat();
        values[i] = !inside ? 0 : telling ? 0.8f * box[i] + 0.2f * drawn : drawn;
      }
      return Tensors.floats(new long[] {SIDE, SIDE, SIDE, 1}, values);
    }

    private static byte[] box(int record) {
      byte[] box = new byte[SIDE * SIDE * SIDE];
      for (int x = 1; x < 6; x++) {
        for (int y = 2; y < 7; y++) {
          for (int z = 1 + record % 2; z < 6; z++) {
            box[(x * SIDE + y) * SIDE + z] = 1;
          }
        }
      }
      return box;
    }
  }
}
