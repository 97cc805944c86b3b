package juxta.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;

/** Scans of noise with a bright block in the middle, which is their mask. */
final class NoiseScans implements Dataset, Split {
  private static final int SIDE = 64;
  private static final int FROM = 16;
  private static final int TO = 48;

  @Override
  public String id() {
    return "noise-scans";
  }

  @Override
  public DataKind kind() {
    return DataKind.VOLUMES;
  }

  @Override
  public Map<String, Split> splits() {
    return Map.of(TRAIN, this);
  }

  @Override
  public List<String> classes() {
    return List.of("background", "block");
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  @Override
  public int size() {
    return 2 * VolumeSetup.BATCH;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.of(Field.VOLUME, FieldType.FLOAT32, SIDE, SIDE, SIDE, 1),
        Field.of(Field.MASK, FieldType.UINT8, SIDE, SIDE, SIDE),
        Field.of(Field.EXTENT, FieldType.INT32, 3),
        Field.of(Field.LABELLED, FieldType.INT32));
  }

  @Override
  public Value value(String field, int record) {
    if (field.equals(Field.LABELLED)) {
      return Value.of(1);
    }
    ByteBuffer bytes = bytes(field);
    if (field.equals(Field.EXTENT)) {
      for (int axis = 0; axis < 3; axis++) {
        bytes.putInt(SIDE);
      }
    } else {
      paint(bytes, field.equals(Field.VOLUME), new Random(record));
    }
    return new Value(field(field).type(), field(field).shape(), bytes.flip());
  }

  private ByteBuffer bytes(String field) {
    return ByteBuffer.allocate(Math.toIntExact(field(field).bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void paint(ByteBuffer to, boolean scan, Random random) {
    for (int i = 0; i < SIDE * SIDE * SIDE; i++) {
      boolean inside = within(i / (SIDE * SIDE)) && within(i / SIDE % SIDE) && within(i % SIDE);
      if (scan) {
        to.putFloat((inside ? 1 : 0) + 0.5f * (float) random.nextGaussian());
      } else {
        to.put((byte) (inside ? 1 : 0));
      }
    }
  }

  private static boolean within(int place) {
    return place >= FROM && place < TO;
  }

  @Override
  public void close() {}
}
