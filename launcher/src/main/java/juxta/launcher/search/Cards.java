package juxta.launcher.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;

/** Reads from a data set what cards show. */
final class Cards {
  private final Dataset data;

  Cards(Dataset data) {
    this.data = data;
  }

  /** The card of a record. */
  Card of(String id, String split, int row) {
    return new Card(id, split, row, fields(data.split(split), row));
  }

  private Map<String, String> fields(Split split, int row) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Field field : split.fields()) {
      String name = field.name();
      if (field.type() == FieldType.TEXT && !name.equals(Field.CAPTION)) {
        fields.put(name, split.value(name, row).text().strip());
      } else if (field.type() == FieldType.INT32 && field.shape().isEmpty()) {
        fields.put(name, number(name, split.value(name, row).number()));
      }
    }
    fields.values().removeIf(String::isEmpty);
    return fields;
  }

  private String number(String name, int value) {
    List<String> classes = data.classes();
    boolean named = name.equals(Field.LABEL) && value >= 0 && value < classes.size();
    return named ? classes.get(value) : Integer.toString(value);
  }
}
