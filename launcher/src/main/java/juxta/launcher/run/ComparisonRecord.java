package juxta.launcher.run;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.JsonRecord;
import juxta.engine.run.Required;
import juxta.launcher.report.FailedRow;
import juxta.toolkit.io.Json;

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
@JsonPropertyOrder({"format", "method", "encoder", "command"})
public record ComparisonRecord(
    @Required List<String> command,
    @Required String method,
    @Required String encoder,
    @Required List<String> runs,
    Map<String, Map<String, String>> evaluators,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FailedRow> failed) {
  private static final String NAME = "comparison.json";
  private static final int FORMAT = 1;

  /**
   * Fills in what older records lack.
   *
   * @param command see the record
   * @param method see the record
   * @param encoder see the record
   * @param runs see the record
   * @param evaluators see the record
   * @param failed see the record
   */
  public ComparisonRecord {
    evaluators = Objects.requireNonNullElse(evaluators, Map.of());
    failed = Objects.requireNonNullElse(failed, List.of());
  }

  @JsonGetter("format")
  int format() {
    return FORMAT;
  }

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
      return Optional.of(JsonRecord.read(file, FORMAT, ComparisonRecord.class));
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Folders.reason(e) + "); delete it, or compare again", e);
    }
  }

  /** Writes the record. */
  void write(Path folder) throws IOException {
    Folders.write(folder.resolve(NAME), Json.pretty(this) + "\n");
  }
}
