package juxta.engine.preview;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import juxta.api.Dataset;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Setup;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.Choices;
import juxta.engine.run.RunSetup;
import juxta.engine.train.ComponentFault;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.StepDriver;

/**
 * The views that a method's training steps ask for.
 *
 * @param views each once, in the order in which they are asked for; none where the method draws
 *     none
 * @param known whether the method was watched asking; if not, its steps are made of what an earlier
 *     phase leaves, and the views are the two that most methods draw
 */
public record MethodViews(List<View> views, boolean known) {
  private static final List<View> USUAL = List.of(View.global(0), View.global(1));

  private static final ParameterStore NOTHING = new ParameterStore();

  /**
   * Copies.
   *
   * @param views see the record
   * @param known see the record
   */
  public MethodViews {
    views = List.copyOf(views);
  }

  /**
   * Finds out by building the step of the first phase that asks for any; nothing is run, and no
   * record is read.
   *
   * @param choices the method and its parts
   * @param data the data
   * @param folder a folder that need not be there
   * @return the views
   * @throws UserException if the method cannot be planned
   */
  public static MethodViews of(Choices choices, Dataset data, Path folder) {
    Set<View> seen = new LinkedHashSet<>();
    Setup setup = new RunSetup(choices, data, folder, seen::add);
    Registered<?> method = choices.method();
    Plan plan = ComponentFault.in(method, "plan()", () -> choices.method().component().plan(setup));
    boolean whole = true;
    for (Phase phase : plan.phases()) {
      if (seen.isEmpty() && phase instanceof Phase.Training training) {
        whole &= built(training, setup, method);
      }
    }
    boolean guessed = seen.isEmpty() && !whole && choices.augmentation().isPresent();
    return guessed ? new MethodViews(USUAL, false) : new MethodViews(List.copyOf(seen), true);
  }

  /** Builds the step; false if that takes more than is there before a training. */
  private static boolean built(Phase.Training phase, Setup setup, Registered<?> method) {
    try {
      TrainingPhase training =
          ComponentFault.in(
              method,
              "phase '" + phase.name() + "'",
              () -> phase.create().apply(setup.artefacts()));
      new StepDriver(phase.name(), training, Draws.conditions(setup, setup.data()), NOTHING)
          .close();
      return true;
    } catch (UserException | ComponentFault e) {
      System.getLogger(MethodViews.class.getName())
          .log(System.Logger.Level.DEBUG, "step not built: " + phase.name(), e);
      return false;
    }
  }
}
