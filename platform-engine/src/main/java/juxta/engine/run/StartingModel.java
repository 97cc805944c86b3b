package juxta.engine.run;

import java.util.Optional;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;

/** The model that a run starts with, for those who use it without any training. */
public final class StartingModel {
  private StartingModel() {}

  /**
   * The model before the first step.
   *
   * @param setup the run, which need have no folder
   * @param initial weights that it starts from; without them, and where they lack some, weights are
   *     random, by the run's seed
   * @return the model
   */
  public static FrozenModel of(RunSetup setup, Optional<InitialWeights> initial) {
    return new FrozenModel(
        setup.plan().functions(),
        initial.map(InitialWeights::store).orElseGet(ParameterStore::new));
  }
}
