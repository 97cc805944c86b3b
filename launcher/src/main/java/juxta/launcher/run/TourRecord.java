package juxta.launcher.run;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.JsonRecord;
import juxta.engine.run.Required;
import juxta.toolkit.io.Json;

/**
 * The file {@code tour.json}: the stops of a tour and what became of them.
 *
 * @param title title of its report
 * @param lead a sentence below it
 * @param stops the stops; each has a folder of its method's id
 * @param problems what is missing apart from stops that were skipped
 */
@JsonPropertyOrder("format")
public record TourRecord(
    @Required String title,
    @Required String lead,
    @Required List<Stop> stops,
    @Required List<String> problems) {
  private static final String NAME = "tour.json";
  private static final int FORMAT = 1;

  /**
   * A stop.
   *
   * @param method id of the method
   * @param lead what the method is
   * @param problem why it was skipped, empty if it was not
   */
  public record Stop(@Required String method, @Required String lead, Optional<String> problem) {}

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

  @JsonGetter("format")
  int format() {
    return FORMAT;
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
      TourRecord all = JsonRecord.read(file, FORMAT, TourRecord.class);
      List<Stop> stops =
          all.stops().stream()
              .filter(stop -> stop.method().matches("[a-z][a-z0-9-]*")) // the name of a folder
              .toList();
      return Optional.of(new TourRecord(all.title(), all.lead(), stops, all.problems()));
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
    try {
      Files.createDirectories(folder);
      Folders.write(folder.resolve(NAME), Json.pretty(this) + "\n");
    } catch (IOException e) {
      throw new UserException(
          "cannot write to " + folder + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }
}
