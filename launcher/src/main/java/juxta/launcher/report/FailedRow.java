package juxta.launcher.report;

import java.util.Optional;
import juxta.engine.run.Required;

/**
 * A row that has no score.
 *
 * @param method id of the method
 * @param encoder id of the encoder
 * @param data id of the data set
 * @param seed the run's seed
 * @param evaluator what failed to score it, empty where the run itself failed
 * @param problem why, in a line
 */
public record FailedRow(
    @Required String method,
    @Required String encoder,
    @Required String data,
    @Required int seed,
    Optional<String> evaluator,
    @Required String problem) {
  /**
   * The row as a message names it.
   *
   * @return method, encoder, seed and the problem
   */
  public String words() {
    return new ScoreGrid.Line(method, encoder).words()
        + evaluator.map(e -> ", " + e).orElse("")
        + ", seed "
        + seed
        + ": "
        + problem;
  }
}
