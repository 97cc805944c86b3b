package juxta.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A fixed list of records. Implementations are safe to read from several threads at once; each
 * record reads the same every time.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Split {
  /**
   * Number of records.
   *
   * @return 1 or more
   */
  int size();

  /**
   * The columns.
   *
   * @return the fields that every record has
   */
  List<Field> fields();

  /**
   * One record's value of one field.
   *
   * @param field name of the field
   * @param record index from 0 to size - 1
   * @return the value, of the field's type and shape
   * @throws UserException if the data are unreadable, naming file and offset
   */
  Value value(String field, int record);

  /**
   * One record's values of several fields. Where fields are parts of one thing that has to be
   * decoded, such as a scan and its mask, an implementation decodes it once for all of them.
   *
   * @param fields names of the fields
   * @param record index from 0 to size - 1
   * @return by name what {@link #value} gives, in the order of the names
   * @throws UserException if the data are unreadable, naming file and offset
   */
  default Map<String, Value> values(Collection<String> fields, int record) {
    Map<String, Value> values = new LinkedHashMap<>();
    fields.forEach(field -> values.put(field, value(field, record)));
    return values;
  }

  /**
   * Looks a field up by name.
   *
   * @param name the field's name
   * @return the field
   * @throws UserException if there is none, naming the fields that exist
   */
  default Field field(String name) {
    return fields().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "the data have no field '"
                        + name
                        + "'; they have "
                        + String.join(", ", fields().stream().map(Field::name).toList())));
  }

  /**
   * Whether a field exists.
   *
   * @param name the field's name
   * @return true if every record has it
   */
  default boolean has(String name) {
    return fields().stream().anyMatch(f -> f.name().equals(name));
  }
}
