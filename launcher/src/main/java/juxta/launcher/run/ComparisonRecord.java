package juxta.launcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.JsonRecord;
import juxta.engine.run.JsonRecord.Kind;
import juxta.launcher.report.FailedRow;

/**
 * The file {@code comparison.json}: which runs a comparison has, and how it was asked for.
 *
 * @param command the words that make it again, {@code juxta} first
 * @param method the line that others are tested against: its method
 * @param encoder and its encoder
 * @param runs folders of the runs, in the order of the table
 * @param evaluators the settings of what scores them, by evaluator; older records lack them
 * @param failed what has no score, and why
 */
public record ComparisonRecord(
    List<String> command,
    String method,
    String encoder,
    List<String> runs,
    Map<String, Map<String, String>> evaluators,
    List<FailedRow> failed) {
  private static final String NAME = "comparison.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final Map<String, Kind> REQUIRED =
      Map.of(
          "command", Kind.TEXT_LIST,
          "method", Kind.TEXT,
          "encoder", Kind.TEXT,
          "runs", Kind.TEXT_LIST);
  private static final Map<String, Kind> OPTIONAL =
      Map.of("evaluators", Kind.GROUPS, "failed", Kind.GROUP_LIST);
  private static final Map<String, Kind> ROW =
      Map.of(
          "method", Kind.TEXT,
          "encoder", Kind.TEXT,
          "data", Kind.TEXT,
          "seed", Kind.INTEGER,
          "evaluator", Kind.TEXT,
          "problem", Kind.TEXT);

  /** The same comparison, with what failed of it. */
  ComparisonRecord with(List<FailedRow> rows) {
    return new ComparisonRecord(command, method, encoder, runs, evaluators, List.copyOf(rows));
  }

  /**
   * Reads a record.
   *
   * @param folder folder of a comparison
   * @return the record, empty if there is none
   */
  public static Optional<ComparisonRecord> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JsonRecord.read(file, FORMAT, REQUIRED, OPTIONAL);
      for (JsonNode settings : node.path("evaluators")) {
        if (!Kind.TEXTS.fits(settings)) {
          throw new IOException("'evaluators' is not an object of objects of texts");
        }
      }
      for (JsonNode row : node.path("failed")) {
        JsonRecord.check(row, ROW);
      }
      return Optional.of(
          new ComparisonRecord(
              texts(node.path("command")),
              node.path("method").asText(),
              node.path("encoder").asText(),
              texts(node.path("runs")),
              settings(node.path("evaluators")),
              failed(node.path("failed"))));
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Folders.reason(e) + "); delete it, or compare again", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static List<FailedRow> failed(JsonNode array) {
    List<FailedRow> failed = new ArrayList<>();
    for (JsonNode row : array) {
      failed.add(
          new FailedRow(
              row.path("method").asText(),
              row.path("encoder").asText(),
              row.path("data").asText(),
              row.path("seed").asInt(),
              Optional.of(row.path("evaluator").asText()).filter(e -> !e.isEmpty()),
              row.path("problem").asText()));
    }
    return failed;
  }

  private static Map<String, Map<String, String>> settings(JsonNode object) {
    Map<String, Map<String, String>> evaluators = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            one -> {
              Map<String, String> texts = new LinkedHashMap<>();
              one.getValue()
                  .properties()
                  .forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
              evaluators.put(one.getKey(), texts);
            });
    return evaluators;
  }

  /** Writes the record. */
  void write(Path folder) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    node.put("method", method);
    node.put("encoder", encoder);
    command.forEach(node.putArray("command")::add);
    runs.forEach(node.putArray("runs")::add);
    ObjectNode scoring = node.putObject("evaluators");
    evaluators.forEach((id, settings) -> settings.forEach(scoring.putObject(id)::put));
    if (!failed.isEmpty()) {
      ArrayNode rows = node.putArray("failed");
      for (FailedRow row : failed) {
        ObjectNode one = rows.addObject();
        one.put("method", row.method());
        one.put("encoder", row.encoder());
        one.put("data", row.data());
        one.put("seed", row.seed());
        row.evaluator().ifPresent(evaluator -> one.put("evaluator", evaluator));
        one.put("problem", row.problem());
      }
    }
    Folders.write(folder.resolve(NAME), node.toPrettyString() + "\n");
  }
}
