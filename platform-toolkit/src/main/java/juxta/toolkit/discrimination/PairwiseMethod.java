package juxta.toolkit.discrimination;

import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.Schedule;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.toolkit.optim.Optimizer;

/**
 * A method that learns from two views of images that belong together, whatever they are views of: a
 * method that chooses other pairs, such as SPPS, trains with any of them, found among those that
 * are loaded ({@link Method#among}). What it reads of a run are its own settings, the batch, and
 * the encoder and the loss.
 */
public interface PairwiseMethod extends Method {
  /**
   * Checks before a graph is built that the settings fit the run.
   *
   * @param setup the run
   * @throws juxta.api.UserException if they do not, saying what would
   */
  default void check(Setup setup) {}

  /**
   * Whether its step heeds {@link TwoViews#apart}: only where the views of a batch repel each other
   * does that mean anything.
   *
   * @return false for most
   */
  default boolean keepsApart() {
    return false;
  }

  /**
   * The scalars that change over the training.
   *
   * @param setup the run
   * @param length of the training
   * @return schedules by name
   */
  Map<String, Schedule> schedules(Setup setup, Length length);

  /**
   * Builds the networks and the loss of a step. All parameters lie below the scope, the encoder's
   * at {@code encoder}. Updates other than the optimiser's (moving averages, queues, running
   * statistics) are registered with the scope.
   *
   * @param setup the run
   * @param scope where the parameters go
   * @param x the two views
   * @return the loss, which is not minimised yet, and what is watched
   */
  Step objective(Setup setup, GraphScope scope, TwoViews x);

  /**
   * What minimises the loss.
   *
   * @param setup the run
   * @param scope the scope that the objective was built in
   * @return the optimiser
   */
  Optimizer optimizer(Setup setup, GraphScope scope);
}
