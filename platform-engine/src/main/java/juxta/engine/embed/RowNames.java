package juxta.engine.embed;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.toolkit.io.CsvRows;

/** What a row is of, in the columns {@code row,split,id,label} of a table. */
final class RowNames {
  private static final List<String> COLUMNS = List.of("row", "split", "id", "label");

  private final List<String> classes;

  RowNames(Dataset data) {
    this.classes = data.classes();
  }

  static List<String> header(long columns) {
    List<String> header = new ArrayList<>(COLUMNS);
    for (long column = 0; column < columns; column++) {
      header.add("e" + column);
    }
    return header;
  }

  /** The first line of a table without numbers. */
  static byte[] headerLine() {
    return new CsvRows().row(COLUMNS).take();
  }

  /** The cells of a record: its file or case if the data tell it, else its place in the split. */
  List<String> of(long row, String name, Split split, int record) {
    String id = text(split, Field.FILE, record);
    id = id.isEmpty() ? text(split, Field.CASE, record) : id;
    return List.of(
        Long.toString(row), name, id.isEmpty() ? name + ":" + record : id, label(split, record));
  }

  private static String text(Split split, String field, int record) {
    return split.has(field) && split.field(field).type() == FieldType.TEXT
        ? split.value(field, record).text().strip()
        : "";
  }

  private String label(Split split, int record) {
    if (!split.has(Field.LABEL)) {
      return "";
    }
    Field field = split.field(Field.LABEL);
    if (field.type() != FieldType.INT32 || !field.shape().isEmpty()) {
      return "";
    }
    int label = split.value(Field.LABEL, record).number();
    if (label < 0) {
      return ""; // of no known class
    }
    return label < classes.size() ? classes.get(label) : Integer.toString(label);
  }

  /** Rows of the table, each with its numbers where there are any. */
  static byte[] lines(List<List<String>> names, FloatBuffer values) {
    CsvRows lines = new CsvRows();
    int columns = values.remaining() / names.size();
    for (List<String> cells : names) {
      List<Object> row = new ArrayList<>(cells);
      for (int column = 0; column < columns; column++) {
        row.add(values.get());
      }
      lines.row(row);
    }
    return lines.take();
  }
}
