package juxta.launcher.preview;

import java.util.Optional;

/**
 * Whether a method can train on data.
 *
 * @param method its id
 * @param batch the batch that it needs, where that of its preset has more records than there are
 * @param problem why it cannot, empty if it can
 */
public record Fit(String method, Optional<Integer> batch, Optional<String> problem) {
  /**
   * Whether it can.
   *
   * @return true if there is no problem
   */
  public boolean fits() {
    return problem.isEmpty();
  }
}
