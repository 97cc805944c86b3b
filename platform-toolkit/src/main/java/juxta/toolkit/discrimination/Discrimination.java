package juxta.toolkit.discrimination;

import java.util.function.Function;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Plan;
import juxta.api.Sampler;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.model.ImageFunctions;

/** Trains networks with a {@link Framework}. */
public final class Discrimination {
  private Discrimination() {}

  /**
   * The plan of a plain framework: every epoch visits the training records in a new random order,
   * each as two views of itself.
   *
   * @param framework the framework
   * @param setup the run
   * @return one training phase, and the functions of the trained encoder
   */
  public static Plan plan(Framework framework, Setup setup) {
    framework.check(setup);
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    TrainingPhase phase =
        phase(
            framework,
            setup,
            sampler,
            Length.of(sampler, setup.epochs()),
            context -> {
              GraphScope scope = context.scope();
              TwoViews x = TwoViews.of(setup, scope, context.batch()); // x1 = t(x), x2 = t'(x)
              return step(framework, setup, scope, x);
            });
    return Plan.of(phase, ImageFunctions.of(setup, "encoder"));
  }

  /**
   * A training phase of a framework.
   *
   * @param framework the framework
   * @param setup the run
   * @param sampler which records make up each step
   * @param length how long it trains
   * @param step builds a step, as a rule with {@link #step}
   * @return the phase
   */
  public static TrainingPhase phase(
      Framework framework,
      Setup setup,
      Sampler sampler,
      Length length,
      Function<StepContext, Step> step) {
    return TrainingPhase.of(length.steps(), sampler, framework.schedules(setup, length), step);
  }

  /**
   * A step: the loss of two views, minimised over what was made at or below the scope.
   *
   * @param framework the framework
   * @param setup the run
   * @param scope where the parameters go
   * @param views the two views
   * @return the step
   */
  public static Step step(Framework framework, Setup setup, GraphScope scope, TwoViews views) {
    Objective objective = framework.objective(setup, scope, views);
    framework.optimizer(setup, scope).minimize(scope, objective.loss());
    return objective.step();
  }
}
