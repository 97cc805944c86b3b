package juxta.plugin.datasets.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;

/**
 * A CSV file with a header (RFC 4180, UTF-8).
 *
 * @param file where it was read from
 * @param header names of the columns, without blanks around them
 * @param rows in the order of the file, at least one
 */
public record CsvTable(Path file, List<String> header, List<Row> rows) {
  /**
   * A row.
   *
   * @param line line of the file on which it starts, from 1; quoted values may span several
   * @param values as many as there are columns
   */
  public record Row(long line, List<String> values) {}

  /**
   * Reads a file.
   *
   * @throws UserException if it cannot be read, is no CSV, or has no rows
   */
  public static CsvTable read(Path file) {
    List<CsvRecord> records = new ArrayList<>();
    try (var reader =
        CsvReader.builder()
            .detectBomHeader(false)
            .allowUnclosedQuote(false)
            // Checked below, since then the line is known.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      reader.forEach(records::add);
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      if (cause instanceof CharacterCodingException) {
        throw new UserException(
            file + ": is not UTF-8 text after line " + line(records) + "; save it as UTF-8", e);
      }
      throw DataFolder.unreadable(file, e);
    } catch (CsvParseException e) {
      throw new UserException(
          "%s: is no CSV as RFC 4180 has it (%s); mend the row or its quotes"
              .formatted(file, reason(e)),
          e);
    }
    if (records.size() < 2) {
      throw new UserException(
          file
              + ": has no rows; it needs a line with the names of the columns and a line a record");
    }
    List<String> header = header(file, records.get(0));
    List<Row> rows = rows(records);
    Problems.report(
        rows.stream()
            .filter(row -> row.values().size() != header.size())
            .map(
                row ->
                    "%s, line %d: has %d values for %d columns; mend the row, or quote its commas"
                        .formatted(file, row.line(), row.values().size(), header.size()))
            .toList(),
        "rows");
    return new CsvTable(file, header, rows);
  }

  private static long line(List<CsvRecord> records) {
    return records.isEmpty() ? 0 : records.get(records.size() - 1).getStartingLineNumber();
  }

  /** What is wrong and on which line, from the innermost cause, where the reader says so. */
  private static String reason(Throwable fault) {
    Throwable inner = fault;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    String outer = fault.getMessage();
    return inner == fault ? outer : outer + ": " + inner.getMessage();
  }

  private static List<String> header(Path file, CsvRecord first) {
    List<String> names = new ArrayList<>();
    for (String field : first.getFields()) {
      String name = field.replace("\uFEFF", "").strip();
      if (!name.isEmpty() && names.stream().anyMatch(name::equalsIgnoreCase)) {
        throw new UserException(
            file + ", line 1: column '" + name + "' stands twice; rename one of the two");
      }
      names.add(name);
    }
    return names;
  }

  private static List<Row> rows(List<CsvRecord> records) {
    return records.stream()
        .skip(1)
        .map(record -> new Row(record.getStartingLineNumber(), record.getFields()))
        .toList();
  }

  /** Where a column stands; capitals do not matter. */
  public OptionalInt find(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    for (int i = 0; i < header.size(); i++) {
      if (!wanted.isEmpty() && header.get(i).toLowerCase(Locale.ROOT).equals(wanted)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Names a row in errors. */
  public String at(Row row) {
    return file + ", line " + row.line();
  }
}
