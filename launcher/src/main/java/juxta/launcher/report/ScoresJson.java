package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.api.Score;
import juxta.engine.run.Fold;
import juxta.toolkit.io.Json;

/**
 * Scores for programs, a row each: what {@code --json} prints. Rates are fractions of 1. A row of a
 * run that failed has a {@code problem} in place of a value.
 */
public final class ScoresJson {
  private ScoresJson() {}

  /** A row; JSON has no other word than null for a value that is no number. */
  private record Scored(
      String method,
      String encoder,
      String data,
      int seed,
      Optional<Integer> fold,
      String evaluator,
      String metric,
      Double value,
      String unit,
      String better,
      Map<String, String> protocol) {
    static Scored of(Row row) {
      Score score = row.score();
      return new Scored(
          row.method(),
          row.encoder(),
          row.data(),
          row.seed(),
          row.fold().map(Fold::number),
          row.evaluator(),
          score.metric(),
          Double.isFinite(score.value()) ? score.value() : null,
          score.unit().name().toLowerCase(Locale.ROOT),
          score.better().name().toLowerCase(Locale.ROOT),
          score.protocol());
    }
  }

  /**
   * The rows as a JSON array.
   *
   * @param rows the scores, those of single classes among them
   * @param failed what was to be scored and could not be
   * @return an array of objects
   */
  public static String text(List<Row> rows, List<FailedRow> failed) {
    List<Record> all = new ArrayList<>();
    rows.forEach(row -> all.add(Scored.of(row)));
    all.addAll(failed);
    return Json.pretty(all);
  }
}
