package juxta.launcher.preview;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;

/**
 * Whether a method can train on data.
 *
 * @param method its id
 * @param batch the batch that it needs, where that of its preset has more records than there are
 * @param problem why it cannot, empty if it can
 */
@JsonPropertyOrder({"id", "fits"})
public record Fit(
    @JsonProperty("id") String method, Optional<Integer> batch, Optional<String> problem) {
  /**
   * Whether it can.
   *
   * @return true if there is no problem
   */
  @JsonProperty
  public boolean fits() {
    return problem.isEmpty();
  }
}
