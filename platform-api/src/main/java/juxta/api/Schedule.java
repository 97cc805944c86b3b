package juxta.api;

import java.util.List;
import org.apiguardian.api.API;

/** A scalar that changes over a training phase. */
@FunctionalInterface
@API(status = API.Status.STABLE, since = "0.1")
public interface Schedule {
  /**
   * The value at a step. It depends on the arguments only, so that a resumed run continues exactly.
   *
   * @param step the step, from 0
   * @param history validation values so far in this phase, oldest first, empty without validation
   * @return the value
   */
  double at(long step, List<Double> history);

  /**
   * A schedule that never changes.
   *
   * @param value the value
   * @return the schedule
   */
  static Schedule constant(double value) {
    return (step, history) -> value;
  }
}
