package juxta.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import juxta.api.Component;
import juxta.api.Dataset;
import juxta.api.Method;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.engine.catalogue.Services;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.PhaseState;
import juxta.engine.train.StepDriver;
import juxta.engine.train.Trainer;
import juxta.toolkit.graph.Tensors;

/**
 * What happened in a run of a method on tiny data, {@link Shortened} as it is: the engine's trainer
 * ran the plan, and each phase was taken step by step beside it, from the same start.
 */
final class TinyRun {
  private static final float ROUNDING = 1e-5f;
  private static final int STOPPED_AT = 1;

  private final TinyTraining training;
  private final Trainer.Conditions conditions;
  private final Plan plan;
  private final ParameterStore last;
  private final List<Map<String, Value>> outputs = new ArrayList<>();
  private final Map<String, Value> first = new LinkedHashMap<>();
  private final Map<String, Value> second = new LinkedHashMap<>();
  private final Set<String> made = new LinkedHashSet<>();
  private final Set<String> written = new LinkedHashSet<>();
  private final Set<String> trained = new LinkedHashSet<>();
  private final Set<String> strayed = new LinkedHashSet<>();
  private final List<Answer> answers;
  private final List<String> differences;

  /** A method's run is resolved, and its parts are found, as the platform does it. */
  static TinyTraining training(Method method, Map<String, String> settings, long seed) {
    Tiny tiny = Tiny.of(method.kinds());
    Module plugin = method.getClass().getModule();
    List<Component> own =
        tiny == Tiny.VOLUMES && plugin.isNamed()
            ? TinyTraining.parts(Services.providedBy(plugin))
            : List.of();
    return TinyTraining.of(new Shortened(method), own, tiny.data(), settings, seed);
  }

  static TinyRun of(TinyTraining training) {
    try (Scratch scratch = Scratch.make()) {
      return new TinyRun(training, scratch.folder());
    }
  }

  /**
   * The weights at the end of a run in a folder, stopped never or, of each three times that the
   * engine asks, the second: within each phase of {@link Shortened#STEPS} steps.
   */
  static Map<String, Value> trained(TinyTraining training, boolean stopping) {
    try (Scratch scratch = Scratch.make()) {
      Path folder = scratch.folder().resolve("run");
      AtomicInteger asked = new AtomicInteger();
      training.train(
          folder, () -> stopping && asked.getAndIncrement() % Shortened.STEPS == STOPPED_AT);
      return values(TinyTraining.saved(folder));
    }
  }

  private TinyRun(TinyTraining training, Path folder) {
    this.training = training;
    this.conditions = training.conditions(folder);
    try {
      Files.createDirectories(conditions.artefacts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    plan = training.choices().method().component().plan(training.setup(folder));
    Starts starts = new Starts();
    Plan watched =
        Written.noted(
            written,
            Shortened.each(
                plan,
                phase ->
                    new Phase.Training(
                        phase.name(),
                        artefacts -> {
                          TrainingPhase steps = phase.create().apply(artefacts);
                          watch(phase.name(), steps, starts.of(plan.phases().indexOf(phase)));
                          return steps;
                        })));
    last =
        new Trainer(watched, conditions, new Attentive(), starts, () -> false, TinyRun::finite)
            .run(new ParameterStore(), PhaseState.START);
    FrozenModel model = new FrozenModel(plan.functions(), last);
    answers = Answer.all(model, plan.functions(), training, folder);
    differences = Elsewhere.differences(model, training, folder);
  }

  private static void finite(String phase, String name, double value) {
    Promise.require(Double.isFinite(value), "a logged '" + name + "' of " + value);
  }

  /** Takes the steps of a phase, with a look at everything before and after each. */
  private void watch(String name, TrainingPhase phase, ParameterStore start) {
    if (!phase.keepsOptimizer()) {
      start.forgetOptimizer();
    }
    try (StepDriver driver = new StepDriver(name, phase, conditions, start)) {
      List<String> names = driver.parameters().stream().map(Parameter::name).toList();
      made.addAll(names);
      driver.parameters().stream()
          .filter(Parameter::trained)
          .forEach(parameter -> trained.add(parameter.name()));
      Map<String, Value> before = driver.read(names);
      before.forEach(first::putIfAbsent);
      for (long step = 0; step < phase.steps(); step++) {
        outputs.add(driver.train(step, List.of()));
        Map<String, Value> after = driver.read(names);
        if (second.isEmpty()) {
          second.putAll(after);
        }
        for (String parameter : names) {
          String followed = driver.followed(parameter);
          if (!followed.equals(parameter)
              && !between(before.get(parameter), after.get(parameter), before.get(followed))) {
            strayed.add(parameter);
          }
        }
        before = after;
      }
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

  boolean trains() {
    return plan.phases().stream().anyMatch(Phase.Training.class::isInstance);
  }

  Dataset data() {
    return training.data();
  }

  /** Outputs of each step of all phases. */
  List<Map<String, Value>> outputs() {
    return outputs;
  }

  /** Each parameter of the first step, before and after it. */
  Map<String, Update> updates() {
    Map<String, Update> updates = new LinkedHashMap<>();
    second.forEach((name, after) -> updates.put(name, new Update(first.get(name), after)));
    return updates;
  }

  /** Weights that optimisers may change and that still have the first value of all. */
  Set<String> idle() {
    Set<String> idle = new LinkedHashSet<>(trained);
    idle.removeIf(name -> !first.get(name).equals(last.value(name)));
    return idle;
  }

  /** Parameters of the steps: without those that functions alone have. */
  Set<String> stepped() {
    return made;
  }

  /** Weights that optimisers may change. */
  Set<String> trainedWeights() {
    return trained;
  }

  /** Moving averages that were changed by something else. */
  Set<String> strayed() {
    return strayed;
  }

  /** The functions that the data's records fit, and what they made of them. */
  List<Answer> answers() {
    return answers;
  }

  /** Where the functions give something else in another runtime. */
  List<String> differences() {
    return differences;
  }

  /** The weights at the end. */
  Map<String, Value> last() {
    return values(last);
  }

  /** Parameters of a function that no step has, and that no task has written. */
  List<String> untrained(Answer answer) {
    List<String> untrained = new ArrayList<>(answer.parameters());
    untrained.removeAll(made);
    untrained.removeAll(written);
    return untrained;
  }

  static Map<String, Value> values(ParameterStore store) {
    Map<String, Value> values = new LinkedHashMap<>();
    store.entries().forEach((name, entry) -> values.put(name, entry.value()));
    return values;
  }

  /** Keeps the parameters that each phase starts with. */
  private static final class Starts implements Trainer.Saver {
    private final Map<Integer, ParameterStore> stores = new HashMap<>();

    ParameterStore of(int phase) {
      return stores.getOrDefault(phase, new ParameterStore());
    }

    @Override
    public boolean due(long step, boolean endOfEpoch) {
      return false;
    }

    @Override
    public String save(ParameterStore store, PhaseState state) {
      stores.put(state.phase(), new ParameterStore(store.entries()));
      return last();
    }

    @Override
    public String last() {
      return "nowhere";
    }
  }
}
