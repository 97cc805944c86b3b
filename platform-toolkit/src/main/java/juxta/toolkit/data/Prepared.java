package juxta.toolkit.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Preparation;
import juxta.api.Split;
import juxta.api.Value;

/** Records as the body of a model's function is given them. */
public final class Prepared {
  private Prepared() {}

  /**
   * A split whose records are prepared as they are read.
   *
   * @param function the function
   * @param split records as stored, with the function's inputs among their fields
   * @return records with the fields that the function's body is given; the split itself if the
   *     function takes records as they are
   */
  public static Split split(ModelFunction function, Split split) {
    return function
        .preparation()
        .<Split>map(preparation -> new PreparedSplit(function.inputs(), preparation, split))
        .orElse(split);
  }

  /**
   * Records as one batch.
   *
   * @param function the function
   * @param records values of each record, by field: the function's inputs; one or more, all of the
   *     same shapes
   * @return by field what the function's body is given, the first axis running over the records
   */
  public static Map<String, Value> batch(ModelFunction function, List<Map<String, Value>> records) {
    List<Map<String, Value>> prepared =
        function.preparation().isPresent()
            ? records.stream().map(function.preparation().get()::of).toList()
            : records;
    Map<String, Value> batch = new LinkedHashMap<>();
    for (Field field : function.prepared()) {
      batch.put(
          field.name(), stacked(prepared.stream().map(one -> one.get(field.name())).toList()));
    }
    return batch;
  }

  private static Value stacked(List<Value> values) {
    Value first = values.get(0);
    ByteBuffer all =
        ByteBuffer.allocate(Math.multiplyExact(first.data().remaining(), values.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Value value : values) {
      if (!value.shape().equals(first.shape())) {
        throw new IllegalArgumentException(
            "records of different shapes in one batch: " + first.shape() + ", " + value.shape());
      }
      all.put(value.data());
    }
    List<Long> shape = new ArrayList<>(first.shape());
    shape.add(0, (long) values.size());
    return new Value(first.type(), shape, all.flip());
  }

  private record PreparedSplit(List<Field> inputs, Preparation preparation, Split stored)
      implements Split {
    @Override
    public int size() {
      return stored.size();
    }

    @Override
    public List<Field> fields() {
      return preparation.fields();
    }

    @Override
    public Value value(String field, int record) {
      return prepared(record).get(field);
    }

    @Override
    public Map<String, Value> values(Collection<String> fields, int record) {
      Map<String, Value> all = prepared(record);
      Map<String, Value> values = new LinkedHashMap<>();
      fields.forEach(field -> values.put(field, all.get(field)));
      return values;
    }

    private Map<String, Value> prepared(int record) {
      return preparation.of(stored.values(inputs.stream().map(Field::name).toList(), record));
    }
  }
}
