package juxta.launcher.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Scores for programs, a row each: what {@code --json} prints. Rates are fractions of 1. A row of a
 * run that failed has a {@code problem} in place of a value.
 */
public final class ScoresJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScoresJson() {}

  /**
   * The rows as a JSON array.
   *
   * @param rows the scores, those of single classes among them
   * @param failed what was to be scored and could not be
   * @return an array of objects
   */
  public static String text(List<Row> rows, List<FailedRow> failed) {
    ArrayNode array = JSON.createArrayNode();
    for (Row row : rows) {
      ObjectNode node =
          about(array.addObject(), row.method(), row.encoder(), row.data(), row.seed());
      node.put("evaluator", row.evaluator());
      node.put("metric", row.score().metric());
      if (Double.isFinite(row.score().value())) {
        node.put("value", row.score().value());
      } else {
        node.putNull("value"); // JSON has no other word for it
      }
      node.put("unit", row.score().unit().name().toLowerCase(Locale.ROOT));
      node.put("better", row.score().better().name().toLowerCase(Locale.ROOT));
      ObjectNode protocol = node.putObject("protocol");
      row.score().protocol().forEach(protocol::put);
    }
    for (FailedRow row : failed) {
      ObjectNode node =
          about(array.addObject(), row.method(), row.encoder(), row.data(), row.seed());
      row.evaluator().ifPresent(evaluator -> node.put("evaluator", evaluator));
      node.put("problem", row.problem());
    }
    return array.toPrettyString();
  }

  private static ObjectNode about(
      ObjectNode node, String method, String encoder, String data, int seed) {
    return node.put("method", method).put("encoder", encoder).put("data", data).put("seed", seed);
  }
}
