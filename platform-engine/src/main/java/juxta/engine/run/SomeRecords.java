package juxta.engine.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;

/**
 * Some records of a split.
 *
 * @param all the split
 * @param records their indices in it
 */
record SomeRecords(Split all, List<Integer> records) implements Split {
  SomeRecords {
    records = List.copyOf(records);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public List<Field> fields() {
    return all.fields();
  }

  @Override
  public Value value(String field, int record) {
    return all.value(field, records.get(record));
  }

  @Override
  public Map<String, Value> values(Collection<String> fields, int record) {
    return all.values(fields, records.get(record));
  }
}
