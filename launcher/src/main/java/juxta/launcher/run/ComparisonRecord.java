package juxta.launcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * The file {@code comparison.json}: which runs a comparison has, and how it was asked for.
 *
 * @param command the words that make it again, {@code juxta} first
 * @param method the line that others are tested against: its method
 * @param encoder and its encoder
 * @param runs folders of the runs, in the order of the table
 * @param evaluators the settings of what scores them, by evaluator; older records lack them
 */
public record ComparisonRecord(
    List<String> command,
    String method,
    String encoder,
    List<String> runs,
    Map<String, Map<String, String>> evaluators) {
  private static final String NAME = "comparison.json";
  private static final ObjectMapper JSON = new ObjectMapper();

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
      JsonNode node = JSON.readTree(file.toFile());
      return Optional.of(
          new ComparisonRecord(
              texts(node.path("command")),
              node.path("method").asText(),
              node.path("encoder").asText(),
              texts(node.path("runs")),
              settings(node.path("evaluators"))));
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
    node.put("format", 1);
    node.put("method", method);
    node.put("encoder", encoder);
    command.forEach(node.putArray("command")::add);
    runs.forEach(node.putArray("runs")::add);
    ObjectNode scoring = node.putObject("evaluators");
    evaluators.forEach((id, settings) -> settings.forEach(scoring.putObject(id)::put));
    Folders.write(folder.resolve(NAME), node.toPrettyString() + "\n");
  }
}
