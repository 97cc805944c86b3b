package juxta.engine.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;

/**
 * The records of one split, and behind them those of another with the same fields.
 *
 * @param first the one
 * @param second the other
 */
record JoinedRecords(Split first, Split second) implements Split {
  @Override
  public int size() {
    return first.size() + second.size();
  }

  @Override
  public List<Field> fields() {
    return first.fields();
  }

  @Override
  public Value value(String field, int record) {
    return record < first.size()
        ? first.value(field, record)
        : second.value(field, record - first.size());
  }

  @Override
  public Map<String, Value> values(Collection<String> fields, int record) {
    return record < first.size()
        ? first.values(fields, record)
        : second.values(fields, record - first.size());
  }
}
