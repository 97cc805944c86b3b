package juxta.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import juxta.api.Augmentation;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Method;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * What happened in a run of a method on tiny data, three steps a phase.
 *
 * @param setup what it ran with
 * @param plan the method's plan
 * @param outputs outputs of each step of all phases
 * @param first weights before the first step, where there is one
 * @param last weights at the end
 * @param trained names of the weights that optimisers may change
 * @param strayed moving averages that were changed by something else
 */
record TinyRun(
    Setup setup,
    Plan plan,
    List<Map<String, Value>> outputs,
    Map<String, Value> first,
    Map<String, Value> last,
    Set<String> trained,
    List<String> strayed) {
  private static final int STEPS = 3;
  private static final float ROUNDING = 1e-5f;

  static Setup setup(Method method, Map<String, String> settings, long seed, Path artefacts) {
    Tiny tiny = Tiny.of(method.kinds());
    Dataset data = tiny.data();
    String preset = method.presets().contains(Method.SMALL) ? Method.SMALL : Method.PAPER;
    Map<String, String> run = new LinkedHashMap<>(method.preset(preset, DataSummary.of(data)));
    run.putAll(settings);
    Settings own = Parts.settings(method, run);
    if (tiny != Tiny.VOLUMES) {
      return new TinySetup(own, data, seed, artefacts);
    }
    Module plugin = method.getClass().getModule();
    return new TinyVolumeSetup(
        own,
        data,
        seed,
        artefacts,
        Parts.named(Encoder.class, Parts.ENCODER, plugin, run),
        Parts.named(Augmentation.class, Parts.AUGMENTATION, plugin, run));
  }

  static TinyRun of(Method method, Map<String, String> settings, long seed) {
    return of(method, settings, seed, false);
  }

  /** A run that is stopped after the first step of each phase and continued in a new graph. */
  static TinyRun interrupted(Method method, Map<String, String> settings, long seed) {
    return of(method, settings, seed, true);
  }

  private static TinyRun of(
      Method method, Map<String, String> settings, long seed, boolean interrupted) {
    try (Scratch scratch = Scratch.make()) {
      Setup setup = setup(method, settings, seed, scratch.folder());
      TinyRun run =
          new TinyRun(
              setup,
              method.plan(setup),
              new ArrayList<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashSet<>(),
              new ArrayList<>());
      run.phases(scratch.folder(), interrupted ? () -> method.plan(setup) : () -> run.plan);
      return run;
    }
  }

  boolean trains() {
    return plan.phases().stream().anyMatch(Phase.Training.class::isInstance);
  }

  /** A step is done with the plan that {@code again} makes, which is another if it was stopped. */
  private void phases(Path artefacts, Supplier<Plan> again) {
    for (int number = 0; number < plan.phases().size(); number++) {
      Phase phase = plan.phases().get(number);
      if (phase instanceof Phase.Task task) {
        task.body()
            .accept(new TinyTask(setup.data(), setup.seed(), artefacts, plan.functions(), last));
      } else if (phase instanceof Phase.Training training) {
        long steps = training.create().apply(artefacts).steps();
        long stop = again.get() == plan ? steps : 1;
        train(training, artefacts, 0, Math.min(stop, steps));
        if (again.get().phases().get(number) instanceof Phase.Training rest) {
          train(rest, artefacts, stop, steps);
        }
      }
    }
  }

  private void train(Phase.Training training, Path artefacts, long from, long to) {
    if (from >= Math.min(to, STEPS)) {
      return;
    }
    TrainingPhase phase = training.create().apply(artefacts);
    try (PhaseTrial trial =
        new PhaseTrial(training.name(), phase, setup.data(), setup.seed(), last)) {
      Map<String, Value> before = trial.weights();
      before.forEach(first::putIfAbsent);
      trial.builder().parameters().stream()
          .filter(Parameter::trained)
          .forEach(parameter -> trained.add(parameter.name()));
      for (long step = from; step < Math.min(STEPS, to); step++) {
        outputs.add(trial.run(step));
        Map<String, Value> after = trial.weights();
        for (String parameter : after.keySet()) {
          String followed = trial.builder().followed(parameter);
          if (!followed.equals(parameter)
              && !between(before.get(parameter), after.get(parameter), before.get(followed))) {
            strayed.add(parameter);
          }
        }
        before = after;
      }
      last.putAll(before);
    }
  }

  /** Whether each element lies between an old one and the one that it follows. */
  private static boolean between(Value old, Value now, Value followed) {
    float[] a = Tensors.floats(old);
    float[] b = Tensors.floats(followed);
    float[] x = Tensors.floats(now);
    for (int i = 0; i < x.length; i++) {
      if (x[i] < Math.min(a[i], b[i]) - ROUNDING || x[i] > Math.max(a[i], b[i]) + ROUNDING) {
        return false;
      }
    }
    return true;
  }
}
