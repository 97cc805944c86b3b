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
 * @param fold number of the fold that was to be tested, empty where the data were not folded
 * @param evaluator what failed to score it, empty where the run itself failed
 * @param problem why, in a line
 */
public record FailedRow(
    @Required String method,
    @Required String encoder,
    @Required String data,
    @Required int seed,
    Optional<Integer> fold,
    Optional<String> evaluator,
    @Required String problem) {
  /**
   * The row as a message names it.
   *
   * @return method, encoder, seed, fold and the problem
   */
  public String words() {
    return new ScoreGrid.Line(method, encoder).words()
        + evaluator.map(e -> ", " + e).orElse("")
        + ", seed "
        + seed
        + fold.map(number -> ", fold " + number).orElse("")
        + ": "
        + problem;
  }
}
