package juxta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.UserException;
import juxta.engine.train.ComponentFault;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.KeptFunctions;
import juxta.engine.train.Lookout;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Placement;

/**
 * Scores a model while it is trained, on a part of the training records: every so many steps, as
 * far as the time that looks may take allows. The steps themselves know nothing of it.
 *
 * <p>A look gets a copy of the weights and runs them in graphs of its own. What an evaluator throws
 * ends its looks and not the training.
 */
final class OnlineProbe implements Lookout {
  private final List<Scoring.Chosen> probes;
  private final List<ModelFunction> functions;
  private final ProbeData data;
  private final RunSetup setup;
  private final Placement placement;
  private final Path directory;
  private final Optional<Integer> every;
  private final double share;
  private final ProbeBudget budget;
  private final Monitor monitor;
  private String phase = "";
  private double parts;
  private boolean wanted;
  private Optional<KeptFunctions> kept = Optional.empty();

  /**
   * Prepares to look.
   *
   * @param probes the evaluators
   * @param functions functions of the model
   * @param job the run
   * @param placement where the looks run
   * @param monitor is told what they find
   */
  OnlineProbe(
      List<Scoring.Chosen> probes,
      List<ModelFunction> functions,
      TrainingRun.Job job,
      Placement placement,
      Monitor monitor) {
    Choices choices = job.choices();
    this.probes = new ArrayList<>(probes);
    this.functions = functions;
    this.data = ProbeData.of(job.data(), Probes.labelled(probes), choices.seed());
    this.setup = new RunSetup(choices, data, job.folder());
    this.placement = placement;
    this.directory = job.folder().resolve("probe");
    this.every = choices.resolution().run(RunSettings.PROBE_EVERY);
    this.share = choices.resolution().run(RunSettings.PROBE_SHARE);
    this.budget = new ProbeBudget(share, System::nanoTime);
    this.monitor = monitor;
  }

  @Override
  public void phase(String name, long records) {
    phase = name;
    parts = data.records() / (double) Math.max(1, records);
    budget.phase();
  }

  @Override
  public void step() {
    budget.step();
  }

  @Override
  public boolean due(long done, long steps, long perEpoch) {
    boolean now = done == steps || done % every.map(Integer::longValue).orElse(perEpoch) == 0;
    wanted |= now;
    return now && !probes.isEmpty() && budget.allows(parts);
  }

  @Override
  public void look(ParameterStore store, long done, double epoch) {
    FrozenModel model = new FrozenModel(functions, store);
    kept.ifPresent(functions -> functions.become(model));
    KeptFunctions applied = kept.orElseGet(() -> new KeptFunctions(model, setup.seed(), placement));
    kept = Optional.of(applied);
    Evaluations evaluations = new Evaluations(applied, setup, directory(), placement);
    Map<String, List<Score>> found = new LinkedHashMap<>();
    for (Scoring.Chosen probe : List.copyOf(probes)) {
      try {
        found.put(
            probe.evaluator().id(),
            ComponentFault.in(
                probe.evaluator(),
                "evaluate()",
                () -> probe.evaluator().component().evaluate(evaluations.with(probe.settings()))));
      } catch (RuntimeException | LinkageError e) {
        probes.remove(probe);
        monitor.warn(
            "--probe "
                + probe.evaluator().id()
                + " is left out from here on; it cannot score: "
                + e.getMessage());
      }
    }
    found.values().removeIf(List::isEmpty);
    if (!found.isEmpty()) {
      monitor.probed(phase, done - 1, epoch, found);
    }
    budget.looked();
  }

  private Path directory() {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UserException(
          "cannot write to "
              + directory
              + " ("
              + Folders.reason(e)
              + "); make room, or leave"
              + " --probe out",
          e);
    }
  }

  /** Functions may read what a task between two phases leaves: they are built anew in each. */
  @Override
  public void end() {
    kept.ifPresent(KeptFunctions::close);
    kept = Optional.empty();
  }

  /** What looks have taken. */
  ProbeBudget spent() {
    return budget;
  }

  /** A line if there was no time for any look. */
  Optional<String> missed() {
    return budget.looks() > 0 || !wanted || probes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "--probe never looked: it may take %.3g of the %.0f s of this training, which is not"
                    + " enough for one look; --probe-share allows more",
                share,
                budget.elapsed()));
  }
}
