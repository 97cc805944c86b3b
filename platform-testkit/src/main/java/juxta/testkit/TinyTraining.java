package juxta.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.Method;
import juxta.api.Step;
import juxta.api.Value;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.run.Checkpoints;
import juxta.engine.run.Choices;
import juxta.engine.run.MetricsLine;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSetup;
import juxta.engine.run.TrainingRun;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Interruption;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Trainer;

/**
 * A run of the platform on tiny data: a method's preset {@code small} where it has one, with the
 * testkit's encoder, augmentation and loss.
 *
 * @param catalogue the method and the parts that it may have
 * @param choices what was resolved
 * @param data the data
 */
record TinyTraining(Catalogue catalogue, Choices choices, Dataset data) {
  private static final String EPOCHS = "epochs";

  /**
   * Resolves a run.
   *
   * @param method the method
   * @param own encoders and augmentations that are taken, in place of the testkit's, where the
   *     method's preset names them
   * @param data the data
   * @param settings those of the run, over those of the preset
   * @param seed the run's seed
   */
  static TinyTraining of(
      Method method, List<Component> own, Dataset data, Map<String, String> settings, long seed) {
    DataSummary summary = DataSummary.of(data);
    String preset = method.presets().contains(Method.SMALL) ? Method.SMALL : Method.PAPER;
    Map<String, String> sets = method.preset(preset, summary);
    Encoder encoder = named(Encoder.class, own, sets.get("encoder")).orElse(new TinyEncoder());
    Augmentation views =
        named(Augmentation.class, own, sets.get("augmentation")).orElse(new TinyViews());
    TinyLoss loss = new TinyLoss();
    Map<String, String> given = new LinkedHashMap<>();
    given.put("seed", Long.toString(seed));
    given.put("batch", Integer.toString(Tiny.of(Set.of(data.kind())).batch()));
    given.put("device", "cpu");
    given.put("precision", "float32");
    given.put("encoder", encoder.id());
    given.put("augmentation", views.id());
    given.put("loss", loss.id());
    if (!sets.getOrDefault(EPOCHS, "0").equals("0")) {
      given.put(EPOCHS, "4");
    }
    for (Component part : List.of(method, encoder, views)) {
      given.putAll(Parts.keyed(part, settings));
    }
    Catalogue catalogue =
        Catalogue.of(List.of(method, encoder, views, loss, new TinyProvider(data)));
    Request request =
        new Request(
            method.id(),
            Tiny.ID,
            Optional.of(preset),
            List.of(),
            Overrides.of(Origin.COMPARISON, given));
    return new TinyTraining(catalogue, new Resolver(catalogue).resolve(request, summary), data);
  }

  private static <C extends Component> Optional<C> named(
      Class<C> type, List<Component> own, String id) {
    return own.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(c -> c.id().equals(id))
        .findFirst();
  }

  /** The same run on other devices. */
  TinyTraining on(String devices) {
    return new TinyTraining(catalogue, choices.sharedBy(devices, Origin.COMPARISON), data);
  }

  /** What the method is given in a folder. */
  RunSetup setup(Path folder) {
    return new RunSetup(choices, data, folder);
  }

  /** What a trainer is given in a folder. */
  Trainer.Conditions conditions(Path folder) {
    return new Trainer.Conditions(
        data, choices.seed(), choices.precision(), choices.placement(), setup(folder).artefacts());
  }

  /**
   * Trains in a folder, as a user would: a run that is stopped is continued from its checkpoint.
   *
   * @param stop asked after each step and phase, as the engine does
   */
  FrozenModel train(Path folder, BooleanSupplier stop) {
    boolean resume = false;
    while (true) {
      try {
        return new TrainingRun(catalogue, new Attentive(), stop)
            .train(new TrainingRun.Job(choices, Tiny.ID, data, folder, resume, Optional.empty()));
      } catch (Interruption stopped) {
        resume = true;
      }
    }
  }

  /**
   * What the first step leaves.
   *
   * @param loss its loss
   * @param weights the parameters after it
   */
  record Begun(double loss, Map<String, Value> weights) {}

  /** Takes the first step; the run goes no further. */
  Begun begin() {
    try (Scratch scratch = Scratch.make()) {
      Path folder = scratch.folder().resolve("run");
      boolean resume = false;
      while (true) {
        try {
          new TrainingRun(catalogue, new Attentive(), () -> true)
              .train(new TrainingRun.Job(choices, Tiny.ID, data, folder, resume, Optional.empty()));
          return new Begun(logged(folder).orElseThrow(), TinyRun.values(saved(folder)));
        } catch (Interruption stopped) { // after a task, perhaps
          resume = true;
          Optional<Double> loss = logged(folder);
          if (loss.isPresent()) {
            return new Begun(loss.get(), TinyRun.values(saved(folder)));
          }
        }
      }
    }
  }

  private static Optional<Double> logged(Path folder) {
    try {
      return Files.readAllLines(folder.resolve("metrics.jsonl")).stream()
          .map(line -> MetricsLine.parse(line).orElseThrow().scalars().get(Step.LOSS))
          .filter(Objects::nonNull) // a line of a task
          .map(loss -> ((Number) loss).doubleValue())
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parameters of the newest checkpoint in a folder. */
  static ParameterStore saved(Path folder) {
    return new Checkpoints(folder.resolve("checkpoints")).latest().orElseThrow().store();
  }

  /** The components of a list that are parts of a method. */
  static List<Component> parts(List<Component> components) {
    List<Component> parts = new ArrayList<>(components);
    parts.removeIf(c -> !(c instanceof Encoder || c instanceof Augmentation));
    return parts;
  }
}
