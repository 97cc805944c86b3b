package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import juxta.toolkit.io.Csv;

/** The file {@code results.csv} of a comparison. */
public final class ResultsCsv {
  private static final int DECIMALS = 6;

  private ResultsCsv() {}

  /**
   * The file's content; rates are fractions of 1.
   *
   * @param rows the scores
   * @return lines with a header; with a column {@code fold} where one of them is of a fold
   */
  public static String text(List<Row> rows) {
    boolean folds = rows.stream().anyMatch(row -> row.fold().isPresent());
    Stream<String> heads =
        Stream.of("method", "encoder", "data", "seed", "fold", "evaluator", "metric", "value");
    Csv table = new Csv(heads.filter(head -> folds || !head.equals("fold")).toArray(String[]::new));
    for (Row row : rows) {
      List<Object> cells =
          new ArrayList<>(List.of(row.method(), row.encoder(), row.data(), row.seed()));
      if (folds) {
        cells.add(row.fold().<Object>map(fold -> fold.number()).orElse(""));
      }
      cells.addAll(
          List.of(
              row.evaluator(), row.score().metric(), Csv.number(row.score().value(), DECIMALS)));
      table.row(cells.toArray());
    }
    return table.text();
  }
}
