package juxta.benchmarks;

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

/** Images between four random colours, with a little noise: no two alike, and all smooth. */
final class Noise implements Dataset, Split {
  private final int size;
  private final Field image;
  private final byte[] bytes;

  Noise(int size, int side) {
    this.size = size;
    this.image = Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3);
    this.bytes = new byte[Math.toIntExact(size * image.bytes())];
    Random random = new Random(7);
    for (int i = 0; i < size; i++) {
      paint(random, i * Math.toIntExact(image.bytes()), side);
    }
  }

  private void paint(Random random, int at, int side) {
    float[] corners = new float[12];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = random.nextFloat();
    }
    for (int i = 0; i < side * side * 3; i++) {
      float down = (float) (i / 3 / side) / side;
      float along = (float) (i / 3 % side) / side;
      int c = i % 3;
      float above = corners[c] * (1 - along) + corners[c + 3] * along;
      float below = corners[c + 6] * (1 - along) + corners[c + 9] * along;
      float colour = above * (1 - down) + below * down;
      bytes[at + i] = (byte) (230 * colour + 25 * random.nextFloat());
    }
  }

  /** The images as a network sees them, channels last, in [0, 1]. */
  float[] floats() {
    float[] floats = new float[bytes.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (bytes[i] & 0xff) / 255f;
    }
    return floats;
  }

  @Override
  public String id() {
    return "noise";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Map<String, Split> splits() {
    return Map.of(TRAIN, this);
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Field> fields() {
    return List.of(image);
  }

  @Override
  public Value value(String field, int record) {
    int length = Math.toIntExact(image.bytes());
    return new Value(
        FieldType.UINT8, image.shape(), ByteBuffer.wrap(bytes, record * length, length));
  }

  @Override
  public void close() {}
}
