package juxta.launcher.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import juxta.engine.run.Required;
import juxta.launcher.plugins.Explanation;

/**
 * What became of one run of a comparison: what it was scored with lies in its folder.
 *
 * @param failures what could not be trained or scored, none if all was
 */
public record RunOutcome(@Required List<Failure> failures) {
  /** All was trained and scored. */
  static final RunOutcome DONE = new RunOutcome(List.of());

  /**
   * Copies.
   *
   * @param failures see the record
   */
  public RunOutcome {
    failures = List.copyOf(failures);
  }

  /** A run whose process could not say what became of it. */
  static RunOutcome lost(String problem) {
    return new RunOutcome(List.of(new Failure(Optional.empty(), problem, List.of(), false)));
  }

  /**
   * What has no score.
   *
   * @param evaluator what failed to score it, empty where the run itself failed
   * @param problem why, in a line
   * @param trace lines for whoever mends it, none for what a user can mend
   * @param mistake whether a user can mend it
   */
  public record Failure(
      Optional<String> evaluator,
      @Required String problem,
      List<String> trace,
      @Required boolean mistake) {
    /**
     * Fills in what is left out where it is empty.
     *
     * @param evaluator see the record
     * @param problem see the record
     * @param trace see the record
     * @param mistake see the record
     */
    public Failure {
      evaluator = Objects.requireNonNullElse(evaluator, Optional.empty());
      trace = trace == null ? List.of() : List.copyOf(trace);
    }

    static Failure of(Optional<String> evaluator, Explanation why) {
      return new Failure(evaluator, why.reason(), why.trace(), why.mistake());
    }
  }
}
