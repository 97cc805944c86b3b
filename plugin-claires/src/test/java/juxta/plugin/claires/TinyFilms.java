package juxta.plugin.claires;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
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
 * Generated films of 16 x 16 pixels whose bright quarter is what their text says.
 *
 * @param splits the splits
 */
record TinyFilms(Map<String, Split> splits) implements Dataset {
  static final int SIDE = 16;
  private static final List<String> PLACES =
      List.of("upper left", "upper right", "lower left", "lower right");

  static TinyFilms of(int train, int validation, int test) {
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(TRAIN, new Films(train, 1));
    if (validation > 0) {
      splits.put(VALIDATION, new Films(validation, 2));
    }
    splits.put(TEST, new Films(test, 3));
    return new TinyFilms(splits);
  }

  static String text(int record) {
    return "a shadow in the " + PLACES.get(record % 4) + " corner.";
  }

  @Override
  public String id() {
    return "tiny-films";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES_WITH_TEXT;
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Films(int size, long seed) implements Split {
    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.IMAGE, FieldType.UINT8, SIDE, SIDE, 3),
          Field.of(Field.TEXT, FieldType.TEXT),
          Field.of("caption", FieldType.TEXT),
          Field.of("place", FieldType.TEXT),
          Field.of("film", FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      return switch (field) {
        case Field.TEXT -> Value.of(text(record));
        case "caption" ->
            Value.of(text(record) + "\n" + PLACES.get(record % 4) + " is where it is dark.");
        case "place" -> Value.of(PLACES.get(record % 4));
        case "film" -> Value.of("film " + record);
        default -> image(record);
      };
    }

    private Value image(int record) {
      Random noise = new Random(1000 * seed + record);
      byte[] pixels = new byte[3 * SIDE * SIDE];
      for (int i = 0; i < SIDE * SIDE; i++) {
        int quarter = 2 * (2 * (i / SIDE) / SIDE) + 2 * (i % SIDE) / SIDE;
        int grey = (quarter == record % 4 ? 150 : 30) + noise.nextInt(60);
        pixels[3 * i] = pixels[3 * i + 1] = pixels[3 * i + 2] = (byte) grey;
      }
      return new Value(FieldType.UINT8, List.of(16L, 16L, 3L), ByteBuffer.wrap(pixels));
    }
  }
}
