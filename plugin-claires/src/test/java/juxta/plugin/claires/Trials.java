package juxta.plugin.claires;

import java.nio.file.Path;
import juxta.api.Phase;
import juxta.api.Setup;
import juxta.api.TrainingPhase;

/** Parts of the method's plan. */
final class Trials {
  private Trials() {}

  /** The training phase, once the lexicon is there. */
  static TrainingPhase training(Setup setup) {
    return new Claires()
        .plan(setup).phases().stream()
            .filter(Phase.Training.class::isInstance)
            .map(phase -> ((Phase.Training) phase).create().apply(Path.of("")))
            .findFirst()
            .orElseThrow();
  }

  /** A task of the plan. */
  static Phase.Task task(Setup setup, String name) {
    return new Claires()
        .plan(setup).phases().stream()
            .filter(phase -> phase.name().equals(name))
            .map(Phase.Task.class::cast)
            .findFirst()
            .orElseThrow();
  }
}
