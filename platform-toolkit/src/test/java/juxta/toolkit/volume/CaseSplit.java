package juxta.toolkit.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** Scans of one record each; values of all fields are given. */
record CaseSplit(Map<String, Value> values) implements Split {
  /** A scan of 2 x 2 x 2 voxels in a record of 3 x 2 x 4, the mask where values are 4 or more. */
  static CaseSplit small() {
    float[] voxels = new float[24];
    byte[] mask = new byte[24];
    for (int i = 0; i < 24; i++) {
      voxels[i] = i;
      mask[i] = (byte) (i >= 4 ? 1 : 0);
    }
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(Field.VOLUME, Tensors.floats(new long[] {3, 2, 4, 1}, voxels));
    values.put(Field.MASK, new Value(FieldType.UINT8, List.of(3L, 2L, 4L), ByteBuffer.wrap(mask)));
    values.put(Field.EXTENT, Tensors.ints(new long[] {3}, 2, 2, 2));
    values.put(Field.SPACING, Tensors.floats(new long[] {3}, 1, 2, 3));
    return new CaseSplit(values);
  }

  CaseSplit with(String field, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(values);
    more.put(field, value);
    return new CaseSplit(more);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    values.forEach((name, value) -> fields.add(new Field(name, value.type(), value.shape())));
    return fields;
  }

  @Override
  public Value value(String field, int record) {
    return values.get(field);
  }
}
