package juxta.toolkit.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import juxta.api.UserException;

/**
 * A table as CSV (RFC 4180, UTF-8): the same bytes on every machine. Lines end with a line feed,
 * numbers have a point, and cells are quoted where they must be.
 */
public final class Csv {
  private final StringWriter text = new StringWriter();
  private final CsvWriter writer =
      CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);
  private final int columns;

  /**
   * Starts a table.
   *
   * @param header names of the columns
   */
  public Csv(List<String> header) {
    this.columns = header.size();
    writer.writeRecord(header);
  }

  /**
   * Starts a table.
   *
   * @param header names of the columns
   */
  public Csv(String... header) {
    this(List.of(header));
  }

  /**
   * Adds a row.
   *
   * @param cells one a column; numbers as Java writes them
   * @return this table
   */
  public Csv row(Object... cells) {
    return row(Arrays.asList(cells));
  }

  /**
   * Adds a row.
   *
   * @param cells one a column; numbers as Java writes them
   * @return this table
   */
  public Csv row(List<?> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns + " columns");
    }
    writer.writeRecord(cells.stream().map(String::valueOf).toList());
    return this;
  }

  /**
   * A number with a fixed count of decimals.
   *
   * @param value the number
   * @param decimals digits after the point
   * @return a cell
   */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * The table so far.
   *
   * @return lines, the header first
   */
  public String text() {
    return text.toString();
  }

  /**
   * Writes the table.
   *
   * @param file where it goes; a file that is there is replaced
   * @throws UserException if it cannot be written
   */
  public void write(Path file) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text());
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }
}
