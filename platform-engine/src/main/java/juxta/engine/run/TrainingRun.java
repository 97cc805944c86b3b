package juxta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import juxta.api.Dataset;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.export.EncoderFile;
import juxta.engine.export.Exporter;
import juxta.engine.train.ComponentFault;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Interruption;
import juxta.engine.train.Lookout;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterCounts;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.PhaseState;
import juxta.engine.train.Placement;
import juxta.engine.train.Trainer;
import juxta.toolkit.io.AtomicFile;

/** Trains one run in its folder, from the start or from where it was left. */
public final class TrainingRun {
  private static final long NANOS = 1_000_000_000L;
  private static final long BETWEEN_CHECKPOINTS = 30 * NANOS;

  /** What every finished run leaves beside its checkpoints. */
  private static final Exporter EXPORTED = new EncoderFile();

  private final Catalogue registry;
  private final Monitor monitor;
  private final BooleanSupplier stop;

  /**
   * Prepares to train.
   *
   * @param registry the plug-ins, for the record
   * @param monitor is told what happens
   * @param stop becomes true when the user wants to stop
   */
  public TrainingRun(Catalogue registry, Monitor monitor, BooleanSupplier stop) {
    this.registry = registry;
    this.monitor = monitor;
    this.stop = stop;
  }

  /**
   * What to train, and where.
   *
   * @param choices what was chosen
   * @param dataName the data as the user named them
   * @param data the open data set
   * @param folder the run's folder
   * @param resume whether to continue the run in that folder
   * @param initial weights to start from
   */
  public record Job(
      Choices choices,
      String dataName,
      Dataset data,
      Path folder,
      boolean resume,
      Optional<InitialWeights> initial) {}

  /**
   * Trains.
   *
   * @param job what and where
   * @return the trained model
   * @throws UserException if the folder holds something else, or another process trains there
   */
  @SuppressWarnings("try") // the lock is held, not used
  public FrozenModel train(Job job) {
    RunSetup setup = new RunSetup(job.choices(), job.data(), job.folder());
    Plan plan = setup.plan();
    Probes.check(Probes.of(registry, job.choices()), job.data(), plan, job.choices().method().id());
    try (FolderLock lock = FolderLock.take(job.folder())) {
      return train(job, plan);
    }
  }

  private FrozenModel train(Job job, Plan plan) {
    Path folder = job.folder();
    if (!job.resume() && isUntouched(folder)) {
      startAgain(folder);
    }
    Optional<RunRecord> before = RunRecord.read(folder);
    Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
    PhaseState at = PhaseState.START;
    ParameterStore store = job.initial().map(InitialWeights::store).orElseGet(ParameterStore::new);
    RunRecord record;
    if (before.isPresent()) {
      record = before.get();
      check(job, record);
      Optional<Checkpoints.Loaded> latest = checkpoints.latest();
      if (latest.isPresent()) {
        at = latest.get().state();
        store = latest.get().store();
        if (at.phase() > plan.phases().size()) {
          throw new UserException(
              latest.get().path()
                  + ": is of phase "
                  + at.phase()
                  + ", and the method has "
                  + plan.phases().size()
                  + "; delete it to go on from the checkpoint before it");
        }
      } else if (record.initialWeights().isPresent()) {
        throw new UserException(
            folder
                + " was stopped before it saved the weights of "
                + record.initialWeights().get()
                + "; start again with --init-from, without --resume");
      }
      if (record.isDone()) {
        return new FrozenModel(plan.functions(), store);
      }
      record.goesOnAt(job.choices()).ifPresent(monitor::warn);
    } else {
      check(folder, job.choices().method().id(), job.resume());
      record = RunRecord.begin(job.choices(), job.dataName(), job.data(), job.initial(), registry);
      record.write(folder);
      Suspicions.of(job.choices(), plan, job.data()).forEach(monitor::warn);
      if (job.initial().isPresent()) {
        checkpoints.save(store, at); // to resume it, its source is not needed any more
      }
    }
    return run(job, plan, record, checkpoints, store, at);
  }

  /**
   * Checks early that a run may go into a folder.
   *
   * @param folder the folder
   * @param method id of the method to train there
   * @param resume whether to continue the run in the folder
   * @throws UserException if the folder holds something else, or another process trains there
   */
  public static void checkFolder(Path folder, String method, boolean resume) {
    FolderLock.inUse(folder)
        .ifPresent(
            line -> {
              throw new UserException(line);
            });
    check(folder, method, resume);
  }

  /**
   * Whether a folder holds a run that there is something left of to go on with.
   *
   * @param folder the folder
   * @return false for one that failed before its first step was done: it is started again
   */
  public static boolean isBegun(Path folder) {
    return RunRecord.read(folder).isPresent() && !isUntouched(folder);
  }

  /**
   * Whether a folder holds a run that was trained to its end.
   *
   * @param folder the folder
   * @return true if only scores can be missing
   */
  public static boolean isDone(Path folder) {
    return RunRecord.read(folder).filter(RunRecord::isDone).isPresent();
  }

  /** Whether the folder holds a run that failed before its first step was done. */
  private static boolean isUntouched(Path folder) {
    try {
      Path metrics = folder.resolve("metrics.jsonl");
      return RunRecord.read(folder).filter(record -> !record.isDone()).isPresent()
          && new Checkpoints(folder.resolve("checkpoints")).newest().isEmpty()
          && (!Files.exists(metrics) || Files.size(metrics) == 0);
    } catch (IOException e) {
      return false;
    }
  }

  private static void startAgain(Path folder) {
    try {
      for (String left : List.of("events", "artefacts", "evaluation")) {
        Folders.delete(folder.resolve(left));
      }
      Files.deleteIfExists(folder.resolve("metrics.jsonl"));
      RunRecord.delete(folder);
    } catch (IOException e) {
      throw new UserException(
          "cannot write to " + folder + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }

  private static void check(Path folder, String method, boolean resume) {
    Optional<RunRecord> before =
        RunRecord.read(folder).filter(record -> resume || !isUntouched(folder));
    if (before.isEmpty()) {
      if (resume) {
        throw new UserException(
            folder + " holds no run to resume; leave --resume out to start one there");
      }
      if (RunRecord.read(folder).isEmpty()) {
        refuseForeign(folder);
      }
      return;
    }
    String there = before.get().method();
    if (!resume) {
      throw new UserException(
          folder
              + " already holds a run of '"
              + there
              + "'; "
              + (there.equals(method)
                  ? "pass --resume to continue it, or another --out"
                  : "choose another --out"));
    }
    if (!there.equals(method)) {
      throw new UserException(
          folder
              + " holds a run of '"
              + there
              + "', which cannot be resumed as '"
              + method
              + "'; choose another --out");
    }
  }

  private static void check(Job job, RunRecord record) {
    check(job.folder(), job.choices().method().id(), job.resume());
    Map<String, String> differences = record.differences(job.choices(), job.data().fingerprint());
    if (!differences.isEmpty()) {
      StringBuilder words = new StringBuilder();
      differences.forEach(
          (key, change) -> words.append(", ").append(key).append(": ").append(change));
      throw new UserException(
          job.folder()
              + " holds another run ("
              + words.substring(2)
              + "); resume it with its own settings, or choose another --out");
    }
  }

  private static void refuseForeign(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var entries = Files.list(folder)) {
      // a run that was killed while it wrote its first file left a draft of it
      if (entries.anyMatch(
          entry ->
              !AtomicFile.isDraft(entry, RunRecord.NAME) && !entry.endsWith(FolderLock.NAME))) {
        throw new UserException(folder + " is not empty and holds no run; choose another --out");
      }
    } catch (IOException e) {
      throw new UserException(
          folder + ": cannot be read (" + Folders.reason(e) + "); choose another --out", e);
    }
  }

  private FrozenModel run(
      Job job,
      Plan plan,
      RunRecord record,
      Checkpoints checkpoints,
      ParameterStore store,
      PhaseState at) {
    Path artefacts = RunSetup.artefacts(job.folder());
    List<String> phases = plan.phases().stream().map(Phase::name).toList();
    try {
      MetricsLog.rewind(job.folder().resolve("metrics.jsonl"), phases, at);
      Files.createDirectories(artefacts);
    } catch (IOException e) {
      throw new UserException(
          "cannot write to " + job.folder() + " (" + Folders.reason(e) + ")", e);
    }
    Placement placement = reading(job.choices().joined(), job.data());
    Memory.forgetPeak();
    Stopwatch watch = new Stopwatch();
    try (RecordingMonitor recording = new RecordingMonitor(job.folder(), at.total(), monitor)) {
      Optional<OnlineProbe> probe = probe(job, plan, recording);
      Trainer trainer =
          new Trainer(
              plan,
              new Trainer.Conditions(
                  job.data(),
                  job.choices().seed(),
                  job.choices().precision(),
                  placement,
                  artefacts),
              recording,
              saver(job, checkpoints),
              stop,
              recording::log,
              probe.map(Lookout.class::cast).orElse(Lookout.NONE));
      FrozenModel model;
      try {
        ParameterStore trained = trained(trainer, job, store, at);
        checkpoints.save(
            trained, new PhaseState(plan.phases().size(), 0, List.of(), recording.globalStep()));
        model = new FrozenModel(plan.functions(), trained);
      } catch (Interruption e) {
        record.spent(watch, recording.costs());
        probe.ifPresent(p -> record.probed(p.spent()));
        record.write(job.folder());
        throw e;
      }
      EXPORTED.write(
          Export.subject(
              model,
              new RunSetup(job.choices(), job.data(), job.folder()),
              List.of(),
              Environment.version()),
          model.functions(),
          job.folder());
      record.spent(watch, recording.costs());
      probe.ifPresent(p -> record.probed(p.spent()));
      probe.flatMap(OnlineProbe::missed).ifPresent(monitor::warn);
      long trainings = plan.phases().stream().filter(Phase.Training.class::isInstance).count();
      record.done(recording.globalStep(), trainings, ParameterCounts.of(model));
      record.write(job.folder());
      return model;
    }
  }

  private Placement reading(Placement joined, Dataset data) {
    return data instanceof Folded folded
        ? joined.reading(folded.source(), folded.fold().toString(), monitor::warn)
        : joined.reading(data, "", monitor::warn);
  }

  /** What looks at the model meanwhile, with the devices of this machine. */
  private Optional<OnlineProbe> probe(Job job, Plan plan, Monitor recording) {
    List<Scoring.Chosen> probes = Probes.of(registry, job.choices());
    boolean trains = plan.phases().stream().anyMatch(Phase.Training.class::isInstance);
    return probes.isEmpty() || !trains
        ? Optional.empty()
        : Optional.of(
            new OnlineProbe(probes, plan.functions(), job, job.choices().placement(), recording));
  }

  /** Trains; what goes wrong in a phase is the doing of the method that planned it. */
  private static ParameterStore trained(
      Trainer trainer, Job job, ParameterStore store, PhaseState at) {
    try {
      return trainer.run(store, at);
    } catch (ComponentFault e) {
      throw e.of(job.choices().method());
    }
  }

  private static Trainer.Saver saver(Job job, Checkpoints checkpoints) {
    int every = job.choices().resolution().run(RunSettings.CHECKPOINT_EVERY).orElse(0);
    return new Trainer.Saver() {
      private long last = System.nanoTime();
      private String where = checkpoints.newest().map(Path::toString).orElse("none yet");

      @Override
      public boolean due(long step, boolean endOfEpoch) {
        return every > 0
            ? step % every == 0
            : endOfEpoch && System.nanoTime() - last > BETWEEN_CHECKPOINTS;
      }

      @Override
      public String save(ParameterStore store, PhaseState state) {
        where = checkpoints.save(store, state).toString();
        last = System.nanoTime();
        return where;
      }

      @Override
      public String last() {
        return where;
      }
    };
  }
}
