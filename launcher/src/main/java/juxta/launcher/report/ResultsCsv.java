package juxta.launcher.report;

import java.util.List;
import java.util.Locale;

/** The file {@code results.csv} of a comparison. */
public final class ResultsCsv {
  private ResultsCsv() {}

  /**
   * The file's content; rates are fractions of 1.
   *
   * @param rows the scores
   * @return lines with a header
   */
  public static String text(List<Row> rows) {
    StringBuilder text = new StringBuilder("method,encoder,data,seed,evaluator,metric,value\n");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%d,%s,%s,%.6f%n",
              cell(row.method()),
              cell(row.encoder()),
              cell(row.data()),
              row.seed(),
              cell(row.evaluator()),
              cell(row.score().metric()),
              row.score().value()));
    }
    return text.toString();
  }

  /** Quoted where it must be (RFC 4180). */
  private static String cell(String text) {
    return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
