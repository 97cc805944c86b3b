package juxta.launcher.report;

import java.util.List;
import juxta.toolkit.io.Csv;

/** The file {@code results.csv} of a comparison. */
public final class ResultsCsv {
  private static final int DECIMALS = 6;

  private ResultsCsv() {}

  /**
   * The file's content; rates are fractions of 1.
   *
   * @param rows the scores
   * @return lines with a header
   */
  public static String text(List<Row> rows) {
    Csv table = new Csv("method", "encoder", "data", "seed", "evaluator", "metric", "value");
    for (Row row : rows) {
      table.row(
          row.method(),
          row.encoder(),
          row.data(),
          row.seed(),
          row.evaluator(),
          row.score().metric(),
          Csv.number(row.score().value(), DECIMALS));
    }
    return table.text();
  }
}
