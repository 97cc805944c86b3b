package juxta.engine.run;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;

/**
 * Scans of which the first few show their masks; those of the others are blotted out.
 *
 * @param all the scans, with all masks
 * @param shown how many of them show theirs
 */
record FewLabels(Split all, int shown) implements Split {
  @Override
  public int size() {
    return all.size();
  }

  @Override
  public List<Field> fields() {
    return all.fields();
  }

  @Override
  public Value value(String field, int record) {
    return seen(field, all.value(field, record), record);
  }

  @Override
  public Map<String, Value> values(Collection<String> fields, int record) {
    Map<String, Value> values = new LinkedHashMap<>(all.values(fields, record));
    values.replaceAll((field, value) -> seen(field, value, record));
    return values;
  }

  private Value seen(String field, Value value, int record) {
    if (record < shown) {
      return value;
    }
    return switch (field) {
      case Field.LABELLED -> Value.of(0);
      case Field.MASK ->
          new Value(value.type(), value.shape(), ByteBuffer.allocate(value.data().remaining()));
      default -> value;
    };
  }
}
