package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * Images that say a direction: the first pixel is an angle in degrees. Their sizes differ.
 *
 * @param name name of the split
 * @param angles degrees, from 0 to 255
 * @param instances of the images
 * @param lists ground truth by field, the same for all
 */
record Directions(String name, int[] angles, int[] instances, Map<String, int[]> lists)
    implements Split {
  /** An angle that the model makes no number of. */
  static final int BROKEN = 255;

  static Directions of(String name, int... anglesAndInstances) {
    int n = anglesAndInstances.length / 2;
    int[] angles = new int[n];
    int[] instances = new int[n];
    for (int i = 0; i < n; i++) {
      angles[i] = anglesAndInstances[2 * i];
      instances[i] = anglesAndInstances[2 * i + 1];
    }
    return new Directions(name, angles, instances, Map.of());
  }

  Directions with(String list, int... records) {
    Map<String, int[]> all = new LinkedHashMap<>(lists);
    all.put(list, records);
    return new Directions(name, angles, instances, all);
  }

  static Dataset data(Directions... splits) {
    Map<String, Split> byName = new LinkedHashMap<>();
    for (Directions split : splits) {
      byName.put(split.name(), split);
    }
    return new Dataset() {
      @Override
      public String id() {
        return "directions";
      }

      @Override
      public DataKind kind() {
        return DataKind.IMAGES;
      }

      @Override
      public Map<String, Split> splits() {
        return byName;
      }

      @Override
      public List<String> classes() {
        return List.of();
      }

      @Override
      public String fingerprint() {
        return "0";
      }
    };
  }

  @Override
  public int size() {
    return angles.length;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, 1),
                Field.of(Field.INSTANCE, FieldType.INT32),
                Field.of("file", FieldType.TEXT)));
    lists.keySet().forEach(list -> fields.add(Field.of(list, FieldType.INT32, -1)));
    return fields;
  }

  @Override
  public Value value(String field, int record) {
    return switch (field) {
      case Field.IMAGE -> {
        int height = 1 + record / 2 % 2;
        byte[] pixels = new byte[2 * height];
        pixels[0] = (byte) angles[record];
        yield new Value(FieldType.UINT8, List.of((long) height, 2L, 1L), ByteBuffer.wrap(pixels));
      }
      case Field.INSTANCE -> Value.of(instances[record]);
      case "file" -> Value.of("a," + record + ".png");
      default -> Tensors.ints(new long[] {lists.get(field).length}, lists.get(field));
    };
  }
}
