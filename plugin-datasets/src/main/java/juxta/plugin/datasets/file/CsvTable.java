package juxta.plugin.datasets.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;
import juxta.toolkit.picture.PictureFiles;

/**
 * A CSV file with a header (RFC 4180, UTF-8), its values separated by commas, semicolons or tabs,
 * whichever the header has most of. Rows whose values are all blank are skipped.
 *
 * @param file where it was read from
 * @param header names of the columns, without blanks around them
 * @param rows in the order of the file, at least one
 */
public record CsvTable(Path file, List<String> header, List<Row> rows) {
  private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");

  /** A first line by which spreadsheets tell the separator. */
  private static final Pattern TOLD = Pattern.compile("(?i)sep=([,;\t])\\R");

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
    String text = text(file);
    List<CsvRecord> records = new ArrayList<>();
    try (var reader =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowUnclosedQuote(false)
            // Checked below, since then the line is known.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      reader.forEach(records::add);
    } catch (IOException e) {
      throw DataFolder.unreadable(file, e);
    } catch (CsvParseException e) {
      throw new UserException(
          "%s: is no CSV as RFC 4180 has it (%s); mend the row or its quotes"
              .formatted(file, reason(e)),
          e);
    }
    if (!records.isEmpty() && TOLD.matcher(text).lookingAt()) {
      records.remove(0);
    }
    // What spreadsheets leave of rows that were emptied; the first is the header whatever it holds.
    records.removeIf(record -> record != records.get(0) && blank(record));
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

  private static boolean blank(CsvRecord record) {
    return record.getFields().stream().allMatch(String::isBlank);
  }

  /** The file's text without the mark that some programs put before it. */
  private static String text(Path file) {
    byte[] bytes = PictureFiles.content(file);
    ByteBuffer read = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    boolean whole =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(read, text, true)
            .isUnderflow();
    text.flip();
    if (!whole || text.toString().indexOf('\0') >= 0 && wide(bytes)) {
      // what was decoded ends where the fault is
      long line = wide(bytes) ? 1 : 1 + LINE_END.matcher(text).results().count();
      throw new UserException(
          "%s, line %d: is not UTF-8 text; save it as UTF-8".formatted(file, line));
    }
    return text.length() > 0 && text.charAt(0) == '\uFEFF'
        ? text.subSequence(1, text.length()).toString()
        : text.toString();
  }

  /** Whether characters take two bytes, as in some spreadsheets' "Unicode text". */
  private static boolean wide(byte[] bytes) {
    return bytes.length > 1
        && (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
            || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
            || bytes[0] == 0
            || bytes[1] == 0);
  }

  /** The separator of which the header has most outside of quotes. */
  private static char separator(String text) {
    Matcher told = TOLD.matcher(text);
    if (told.lookingAt()) {
      return told.group(1).charAt(0);
    }
    char best = ',';
    long most = 0;
    for (char separator : new char[] {',', ';', '\t'}) {
      boolean quoted = false;
      long count = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
          break;
        } else if (!quoted && c == separator) {
          count++;
        }
      }
      if (count > most) {
        best = separator;
        most = count;
      }
    }
    return best;
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
      String name = field.strip();
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
