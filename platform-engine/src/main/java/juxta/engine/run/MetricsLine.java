package juxta.engine.run;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import juxta.toolkit.io.Json;

/**
 * A line of {@code metrics.jsonl}: a logged step.
 *
 * @param phase name of the phase
 * @param step number of the step within the phase
 * @param epoch passes over the data
 * @param scalars what was logged, by name: numbers, or texts where they are not finite
 */
public record MetricsLine(
    String phase,
    long step,
    double epoch,
    @JsonAnyGetter @JsonAnySetter Map<String, Object> scalars) {
  /**
   * Copies.
   *
   * @param phase see the record
   * @param step see the record
   * @param epoch see the record
   * @param scalars see the record
   */
  public MetricsLine {
    phase = phase == null ? "" : phase;
    scalars = scalars == null ? Map.of() : new LinkedHashMap<>(scalars);
  }

  /**
   * Reads a line.
   *
   * @param text the line
   * @return what it says, empty if it is being written just now, or damaged
   */
  public static Optional<MetricsLine> parse(String text) {
    try {
      return Optional.of(Json.read(text.getBytes(StandardCharsets.UTF_8), MetricsLine.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String text() {
    return new String(Json.bytes(this), StandardCharsets.UTF_8) + "\n";
  }
}
