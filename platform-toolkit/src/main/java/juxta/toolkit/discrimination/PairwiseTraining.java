package juxta.toolkit.discrimination;

import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Plan;
import juxta.api.Sampler;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.model.ImageFunctions;

/** Trains networks with a {@link PairwiseMethod}. */
public final class PairwiseTraining {
  private PairwiseTraining() {}

  /**
   * The plan of a method on its own: one training phase, and the functions of the encoder.
   *
   * @param method the method
   * @param setup the run
   * @return the plan
   */
  public static Plan plan(PairwiseMethod method, Setup setup) {
    method.check(setup);
    return Plan.of(
        onImages(method, setup, setup.epochs(), ""), ImageFunctions.of(setup, "encoder"));
  }

  /**
   * Trains on two views of each image: every epoch visits the training records in a new random
   * order.
   *
   * @param method the method
   * @param setup the run
   * @param epochs number of passes
   * @param place where the parameters go, empty for the root of the graph
   * @return the phase
   */
  public static TrainingPhase onImages(
      PairwiseMethod method, Setup setup, int epochs, String place) {
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    Length length = Length.of(sampler, epochs);
    return TrainingPhase.of(
        length.steps(),
        sampler,
        method.schedules(setup, length),
        context -> {
          GraphScope root = context.scope();
          TwoViews x = TwoViews.of(setup, root, context.batch()); // x1 = t(x), x2 = t'(x)
          return step(method, setup, root, place.isEmpty() ? root : root.sub(place), x);
        });
  }

  /**
   * A step: the loss of two views, minimised over the parameters at or below a place.
   *
   * @param method the method
   * @param setup the run
   * @param root root of the graph, where the optimiser keeps its state
   * @param place where the parameters go; may be the root
   * @param x the two views
   * @return the step
   */
  public static Step step(
      PairwiseMethod method, Setup setup, GraphScope root, GraphScope place, TwoViews x) {
    Step step = method.objective(setup, place, x);
    method
        .optimizer(setup, place)
        .minimize(root, step.outputs().get(Step.LOSS), place.parameters());
    return step;
  }
}
