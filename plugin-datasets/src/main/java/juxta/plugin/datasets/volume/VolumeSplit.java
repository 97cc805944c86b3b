package juxta.plugin.datasets.volume;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;

/**
 * A split of scans. What several fields of a record need of its scan is read once.
 *
 * @param records the scans
 * @param columns how a scan's value of each field is had
 */
record VolumeSplit(List<VolumeRecord> records, Map<Field, Function<VolumeRecord, Value>> columns)
    implements Split {
  @Override
  public int size() {
    return records.size();
  }

  @Override
  public List<Field> fields() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public Value value(String name, int record) {
    return columns.get(field(name)).apply(records.get(record));
  }

  @Override
  public Map<String, Value> values(Collection<String> names, int record) {
    VolumeRecord one = records.get(record).once();
    Map<String, Value> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, columns.get(field(name)).apply(one)));
    return values;
  }
}
