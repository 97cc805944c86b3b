package juxta.testkit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;

/**
 * A few generated images of four classes.
 *
 * @param splits train and test
 */
record TinyData(Map<String, Split> splits) implements Dataset {
  private static final int CLASSES = 4;

  /** Images that show their class, or (if they are not telling) nothing but noise. */
  static TinyData of(int train, int test, int side, int channels, boolean telling) {
    return new TinyData(
        Map.of(
            TRAIN, new Drawn(train, side, channels, telling, 1),
            TEST, new Drawn(test, side, channels, telling, 2)));
  }

  /** What methods, encoders and augmentations are tried with. */
  static TinyData small() {
    return of(16, 8, 32, 3, true);
  }

  @Override
  public String id() {
    return "tiny";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public List<String> classes() {
    return List.of("a", "b", "c", "d");
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Drawn(int size, int side, int channels, boolean telling, long seed)
      implements Split {
    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.IMAGE, FieldType.UINT8, side, side, channels),
          Field.of(Field.LABEL, FieldType.INT32),
          Field.of(Field.INSTANCE, FieldType.INT32));
    }

    @Override
    public Value value(String field, int record) {
      if (!field.equals(Field.IMAGE)) {
        return Value.of(record % CLASSES);
      }
      Random pattern = new Random(record % CLASSES);
      Random noise = new Random(seed * 1_000_003 + record);
      byte[] pixels = new byte[side * side * channels];
      for (int i = 0; i < pixels.length; i++) {
        int shown = telling ? pattern.nextInt(192) : noise.nextInt(192);
        pixels[i] = (byte) (shown + noise.nextInt(64));
      }
      return new Value(
          FieldType.UINT8,
          List.of((long) side, (long) side, (long) channels),
          ByteBuffer.wrap(pixels));
    }
  }
}
