package juxta.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table beside a file of embeddings: CSV with the columns {@code row,split,id,label}. */
final class RowNames {
  private RowNames() {}

  /** What a row is of. */
  record Name(String id, String label) {}

  static Path beside(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".csv");
  }

  static List<Name> read(Path table) {
    try {
      return names(table, rows(Files.readString(table, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new InferenceException(
          table + ": the table of the rows is missing or cannot be read; copy it along", e);
    }
  }

  private static List<Name> names(Path table, List<List<String>> rows) {
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
    int id = header.indexOf("id");
    int label = header.indexOf("label");
    if (id < 0 || label < 0) {
      throw new InferenceException(
          table + ": has no columns id and label; name a file that 'juxta embed' wrote");
    }
    List<Name> names = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (row.size() != header.size()) {
        throw new InferenceException(
            table + ": row " + i + " has " + row.size() + " columns, not " + header.size());
      }
      names.add(new Name(row.get(id), row.get(label)));
    }
    return names;
  }

  /** RFC 4180: cells in quotes may hold commas, line ends and doubled quotes. */
  private static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (!row.isEmpty() || !cell.isEmpty()) {
      row.add(cell.toString());
      rows.add(row);
    }
    return rows;
  }
}
