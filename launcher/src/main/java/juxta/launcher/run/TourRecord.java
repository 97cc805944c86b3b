package juxta.launcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.JsonRecord;
import juxta.engine.run.JsonRecord.Kind;

/**
 * The file {@code tour.json}: the stops of a tour and what became of them.
 *
 * @param title title of its report
 * @param lead a sentence below it
 * @param stops the stops; each has a folder of its method's id
 * @param problems what is missing apart from stops that were skipped
 */
public record TourRecord(String title, String lead, List<Stop> stops, List<String> problems) {
  private static final String NAME = "tour.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final Map<String, Kind> FIELDS =
      Map.of(
          "title", Kind.TEXT,
          "lead", Kind.TEXT,
          "stops", Kind.GROUP_LIST,
          "problems", Kind.TEXT_LIST);

  /**
   * A stop.
   *
   * @param method id of the method
   * @param lead what the method is
   * @param problem why it was skipped, empty if it was not
   */
  public record Stop(String method, String lead, Optional<String> problem) {}

  /**
   * Copies.
   *
   * @param title see the record
   * @param lead see the record
   * @param stops see the record
   * @param problems see the record
   */
  public TourRecord {
    stops = List.copyOf(stops);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a record.
   *
   * @param folder folder of a tour
   * @return the record, empty if there is none
   */
  public static Optional<TourRecord> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JsonRecord.read(file, FORMAT, FIELDS, Map.of());
      for (JsonNode stop : node.path("stops")) {
        JsonRecord.check(
            stop, Map.of("method", Kind.TEXT, "lead", Kind.TEXT, "problem", Kind.TEXT));
      }
      List<Stop> stops = new ArrayList<>();
      for (JsonNode stop : node.path("stops")) {
        String method = stop.path("method").asText();
        if (method.matches("[a-z][a-z0-9-]*")) { // it becomes the name of a folder
          stops.add(
              new Stop(
                  method,
                  stop.path("lead").asText(),
                  Optional.of(stop.path("problem").asText()).filter(p -> !p.isEmpty())));
        }
      }
      List<String> problems = new ArrayList<>();
      node.path("problems").forEach(problem -> problems.add(problem.asText()));
      return Optional.of(
          new TourRecord(node.path("title").asText(), node.path("lead").asText(), stops, problems));
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Folders.reason(e) + "); delete it and tour again", e);
    }
  }

  /**
   * Writes the record.
   *
   * @param folder folder of the tour
   */
  public void write(Path folder) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    node.put("title", title);
    node.put("lead", lead);
    ArrayNode array = node.putArray("stops");
    for (Stop stop : stops) {
      ObjectNode one = array.addObject();
      one.put("method", stop.method());
      one.put("lead", stop.lead());
      stop.problem().ifPresent(problem -> one.put("problem", problem));
    }
    problems.forEach(node.putArray("problems")::add);
    try {
      Files.createDirectories(folder);
      Folders.write(folder.resolve(NAME), node.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UserException(
          "cannot write to " + folder + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }
}
