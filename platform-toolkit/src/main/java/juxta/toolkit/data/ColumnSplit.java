package juxta.toolkit.data;

import java.util.List;
import java.util.Objects;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;

/**
 * A split made of columns of equal length.
 *
 * @param size number of records
 * @param columns one a field
 */
public record ColumnSplit(int size, List<Column> columns) implements Split {
  /**
   * Copies the list.
   *
   * @param size see the record
   * @param columns see the record
   */
  public ColumnSplit {
    columns = List.copyOf(columns);
  }

  /**
   * A split.
   *
   * @param size number of records
   * @param columns one a field
   * @return the split
   */
  public static ColumnSplit of(int size, Column... columns) {
    return new ColumnSplit(size, List.of(columns));
  }

  @Override
  public List<Field> fields() {
    return columns.stream().map(Column::field).toList();
  }

  @Override
  public Value value(String name, int record) {
    Objects.checkIndex(record, size);
    for (Column column : columns) {
      if (column.field().name().equals(name)) {
        return column.read().apply(record);
      }
    }
    field(name); // throws, naming the fields that exist
    throw new AssertionError(name);
  }
}
