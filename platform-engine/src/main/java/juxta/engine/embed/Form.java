package juxta.engine.embed;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.io.CsvRows;
import juxta.toolkit.io.MatrixHeader;

/** Forms of a file of rows. */
public enum Form {
  /** NumPy's: float32 [N, D]; names and labels are in a table beside it. */
  NPY(".npy"),
  /** Names, labels and numbers in one table. */
  CSV(".csv"),
  /** Safetensors: the tensor {@code embedding}; names and labels are in a table beside it. */
  SAFETENSORS(".safetensors");

  private static final String TENSOR = "embedding";

  private final String ending;

  Form(String ending) {
    this.ending = ending;
  }

  /**
   * The form of a file.
   *
   * @param file its name
   * @return by the ending of its name
   * @throws UserException if the ending is that of none
   */
  public static Form of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (Form form : values()) {
      if (name.endsWith(form.ending) && name.length() > form.ending.length()) {
        return form;
      }
    }
    throw new UserException(
        file + ": the ending says the form; name a file that ends in .npy, .csv or .safetensors");
  }

  int endingLength() {
    return ending.length();
  }

  /** Whether names and labels are in a file of their own. */
  boolean hasTable() {
    return this != CSV;
  }

  /** The bytes before the first row. */
  ByteBuffer header(Subject subject, long rows, long columns) {
    return switch (this) {
      case NPY -> MatrixHeader.npy(rows, columns);
      case SAFETENSORS -> {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("method", subject.method());
        metadata.put("function", subject.function());
        metadata.put("output", subject.output());
        metadata.put("model", subject.model());
        metadata.put("data", subject.data());
        yield MatrixHeader.safetensors(TENSOR, rows, columns, metadata);
      }
      case CSV -> ByteBuffer.wrap(new CsvRows().row(RowNames.header(columns)).take());
    };
  }

  /** Rows as the file holds them. */
  ByteBuffer body(List<List<String>> names, Value values) {
    return this == CSV
        ? ByteBuffer.wrap(RowNames.lines(names, values.data().asFloatBuffer()))
        : values.data();
  }
}
