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
 * Random colour images, the same in every run, for tests that take a step of a method.
 *
 * @param size number of images
 * @param side height and width in pixels
 */
public record TrialImages(int size, int side) implements Dataset {
  @Override
  public String id() {
    return "trial";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public Map<String, Split> splits() {
    return Map.of(TRAIN, new Images(size, side));
  }

  @Override
  public List<String> classes() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return "0";
  }

  private record Images(int size, int side) implements Split {
    @Override
    public List<Field> fields() {
      return List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3));
    }

    @Override
    public Value value(String field, int record) {
      byte[] pixels = new byte[side * side * 3];
      new Random(record).nextBytes(pixels);
      return new Value(
          FieldType.UINT8, field(field).shape(), ByteBuffer.wrap(pixels).asReadOnlyBuffer());
    }
  }
}
