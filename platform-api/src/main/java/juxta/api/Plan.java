package juxta.api;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * What a method wants done: phases in order, and the functions of the trained model.
 *
 * @param phases the phases, perhaps none
 * @param functions the model's functions, at least one
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Plan(List<Phase> phases, List<ModelFunction> functions) {
  /**
   * Copies.
   *
   * @param phases see the record
   * @param functions see the record
   */
  public Plan {
    phases = List.copyOf(phases);
    functions = List.copyOf(functions);
  }

  /**
   * A plan of one training phase.
   *
   * @param phase the phase
   * @param functions the model's functions
   * @return the plan
   */
  public static Plan of(TrainingPhase phase, List<ModelFunction> functions) {
    Function<Path, TrainingPhase> create = artefacts -> phase;
    return new Plan(List.of(new Phase.Training("train", create)), functions);
  }
}
