package juxta.toolkit.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of a CSV file in pieces, in the form of {@link Csv}: for tables that no memory holds. */
public final class CsvRows {
  private final StringWriter text = new StringWriter();
  private final CsvWriter writer;

  /** No rows yet. */
  public CsvRows() {
    writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);
  }

  /**
   * Adds a row, the header among them.
   *
   * @param cells one a column; numbers as Java writes them
   * @return this
   */
  public CsvRows row(List<?> cells) {
    writer.writeRecord(cells.stream().map(String::valueOf).toList());
    return this;
  }

  /**
   * Takes the rows that were added since the last call.
   *
   * @return UTF-8
   */
  public byte[] take() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.getBuffer().setLength(0);
    return bytes;
  }
}
