package juxta.plugin.medcluster;

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
 * Images of three kinds, one after the other: a bright bar on the left, one on the right, one
 * across, with noise.
 *
 * @param size images a split
 * @param side height and width
 * @param channels of an image
 * @param shift what is added to labels, around the three classes
 */
record Blobs(int size, int side, int channels, int shift) implements Dataset {
  static Blobs of(int size) {
    return new Blobs(size, 16, 1, 0);
  }

  @Override
  public String id() {
    return "blobs";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Map<String, Split> splits() {
    return Map.of(TRAIN, new Images(this, 1), TEST, new Images(this, 2));
  }

  @Override
  public List<String> classes() {
    return List.of("left", "right", "across");
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Images(Blobs of, int seed) implements Split {
    @Override
    public int size() {
      return of.size;
    }

    @Override
    public List<Field> fields() {
      return List.of(
          Field.of(Field.IMAGE, FieldType.UINT8, of.side, of.side, of.channels),
          Field.of(Field.LABEL, FieldType.INT32));
    }

    @Override
    public Value value(String field, int record) {
      if (field.equals(Field.LABEL)) {
        return Value.of((record + of.shift) % 3);
      }
      Random noise = new Random(seed * 1000L + record);
      byte[] pixels = new byte[of.side * of.side * of.channels];
      for (int i = 0; i < pixels.length; i++) {
        int y = i / of.channels / of.side;
        int x = i / of.channels % of.side;
        boolean bright =
            switch (record % 3) {
              case 0 -> x < of.side / 3;
              case 1 -> x >= of.side - of.side / 3;
              default -> y >= of.side / 3 && y < of.side - of.side / 3;
            };
        pixels[i] = (byte) ((bright ? 200 : 20) + noise.nextInt(30));
      }
      return new Value(FieldType.UINT8, field(field).shape(), ByteBuffer.wrap(pixels));
    }
  }
}
