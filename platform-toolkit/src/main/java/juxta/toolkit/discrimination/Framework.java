package juxta.toolkit.discrimination;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Setup;
import juxta.toolkit.optim.Optimizer;

/**
 * One way to learn that two views belong together. All of its parameters lie below the scope that
 * it is given, the encoder's at {@code encoder}; its settings are read from {@link Setup#settings},
 * each with the framework's own default.
 */
public interface Framework {
  /**
   * Name of the framework.
   *
   * @return lower-case letters and digits, such as {@code byol}
   */
  String id();

  /**
   * What a user may change.
   *
   * @return the settings in the order in which they should be shown
   */
  List<Setting<?>> settings();

  /**
   * Values of its own settings for images of some 32 pixels and small networks.
   *
   * @return values by key
   */
  Map<String, String> smallScale();

  /**
   * Whether it trains with the loss that the run chose.
   *
   * @return false where it has one of its own
   */
  default boolean usesLoss() {
    return true;
  }

  /**
   * Checks before a graph is built that the settings fit the run.
   *
   * @param setup the run
   * @throws juxta.api.UserException if they do not, saying what would
   */
  default void check(Setup setup) {}

  /**
   * The scalars that change over the training.
   *
   * @param setup the run
   * @param length of the training
   * @return schedules by name
   */
  Map<String, Schedule> schedules(Setup setup, Length length);

  /**
   * Builds the networks and the loss of a step. Updates other than the optimiser's (moving
   * averages, queues, running statistics) are registered with the scope.
   *
   * @param setup the run, whose encoder and loss are used
   * @param scope where the parameters go
   * @param views the two views
   * @return the loss
   */
  Objective objective(Setup setup, GraphScope scope, TwoViews views);

  /**
   * What minimises the loss.
   *
   * @param setup the run
   * @param scope the scope that the objective was built in
   * @return the optimiser
   */
  Optimizer optimizer(Setup setup, GraphScope scope);
}
