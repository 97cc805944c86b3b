package juxta.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * A phase in which the engine runs training steps.
 *
 * @param steps number of steps, 0 or more
 * @param sampler which records make up each step
 * @param schedules scalars fed each step, by name; {@link #LEARNING_RATE} is the one of optimisers
 * @param step builds the step's graph
 * @param keepsOptimizer whether the state of the optimiser of the phase before is carried on
 * @param validation watched during the phase
 */
@API(status = API.Status.STABLE, since = "0.1")
public record TrainingPhase(
    long steps,
    Sampler sampler,
    Map<String, Schedule> schedules,
    Function<StepContext, Step> step,
    boolean keepsOptimizer,
    Optional<Validation> validation) {
  /** Name of the schedule that optimisers follow. */
  public static final String LEARNING_RATE = "learning-rate";

  /** Name of the schedule of decoupled weight decay, where it changes. */
  public static final String WEIGHT_DECAY = "weight-decay";

  /** Name of the schedule of the moving average's momentum. */
  public static final String MOMENTUM = "momentum";

  /**
   * Copies.
   *
   * @param steps see the record
   * @param sampler see the record
   * @param schedules see the record
   * @param step see the record
   * @param keepsOptimizer see the record
   * @param validation see the record
   */
  public TrainingPhase {
    schedules = Map.copyOf(schedules);
  }

  /**
   * A phase without validation that starts with a fresh optimiser.
   *
   * @param steps number of steps
   * @param sampler which records make up each step
   * @param schedules scalars fed each step, by name
   * @param step builds the step's graph
   * @return the phase
   */
  public static TrainingPhase of(
      long steps,
      Sampler sampler,
      Map<String, Schedule> schedules,
      Function<StepContext, Step> step) {
    return new TrainingPhase(steps, sampler, schedules, step, false, Optional.empty());
  }

  /**
   * The same phase, watched.
   *
   * @param watch the validation
   * @return a new phase
   */
  public TrainingPhase validatedBy(Validation watch) {
    return new TrainingPhase(steps, sampler, schedules, step, keepsOptimizer, Optional.of(watch));
  }

  /**
   * The same phase, carrying on the optimiser's state of the phase before.
   *
   * @return a new phase
   */
  public TrainingPhase keepingOptimizer() {
    return new TrainingPhase(steps, sampler, schedules, step, true, validation);
  }

  /**
   * A pass over held-out data at intervals.
   *
   * @param every steps between two passes
   * @param measure computes the value with the weights of that moment
   * @param lowerIsBetter direction
   * @param keepBest whether the phase ends with the weights of the best value
   * @param patience number of values without improvement after which the phase ends, 0 for never
   */
  public record Validation(
      long every,
      Function<TaskContext, Double> measure,
      boolean lowerIsBetter,
      boolean keepBest,
      int patience) {}
}
