package juxta.launcher.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.engine.run.Choices;
import juxta.engine.run.Fold;
import juxta.engine.run.Folded;
import juxta.engine.run.FolderLock;
import juxta.engine.run.Folders;
import juxta.engine.run.InitialWeights;
import juxta.engine.run.Origin;
import juxta.engine.run.RunSetup;
import juxta.engine.run.Scoring;
import juxta.engine.run.TrainingRun;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.report.FailedRow;
import juxta.launcher.report.ResultsCsv;
import juxta.launcher.report.Row;
import juxta.launcher.report.ScoreGrid;

/** Trains and scores several choices on the same data, one after the other. */
public final class Comparing {
  private static final int MOST_LOOKS = 240;
  private static final long BETWEEN_LOOKS_MILLIS = 500;

  private final PluginRegistry registry;
  private final BooleanSupplier stop;
  private final Watch watch;

  /**
   * What to compare.
   *
   * @param choices the lines of the table
   * @param dataName the data as the user named them
   * @param data the open data set; of folded data each fold
   * @param evaluators what scores each run
   * @param seeds runs of each line on each of the data
   * @param folder folder of all runs
   * @param resume whether to go on with what the folder holds
   * @param baseline the line that others are tested against
   * @param initial a run or a safetensors file whose weights all encoders start from
   * @param command the words that make the comparison again
   */
  public record Job(
      List<Choices> choices,
      String dataName,
      List<? extends Dataset> data,
      List<Scoring.Chosen> evaluators,
      int seeds,
      Path folder,
      boolean resume,
      ScoreGrid.Line baseline,
      Optional<Path> initial,
      List<String> command) {
    /** The first weights of a run that is not begun yet. */
    private Optional<InitialWeights> first(Run run, Path place) {
      Choices choices = run.choices();
      return initial
          .filter(path -> choices.encoder().isPresent())
          .map(
              path ->
                  InitialWeights.read(
                      path, new RunSetup(choices, run.data(), place), choices.method().id()));
    }

    /** All runs: seed by seed, and of a seed fold by fold. */
    private List<Run> runs() {
      return IntStream.range(0, seeds)
          .boxed()
          .flatMap(
              seed ->
                  data.stream().flatMap(part -> choices.stream().map(one -> run(one, seed, part))))
          .toList();
    }

    /**
     * How many runs it has.
     *
     * @return one for each line, seed and fold
     */
    public int size() {
      return choices.size() * seeds * data.size();
    }

    /** Folders of all runs, seeds and folds of a line side by side. */
    private List<String> names() {
      return choices.stream()
          .flatMap(
              one ->
                  IntStream.range(0, seeds)
                      .boxed()
                      .flatMap(seed -> data.stream().map(part -> run(one, seed, part).name())))
          .toList();
    }

    private Run run(Choices line, int seed, Dataset part) {
      Choices seeded = seeds == 1 ? line : line.withSeed(seed, Origin.COMPARISON);
      return new Run(
          data.size() > 1 && part instanceof Folded folded
              ? seeded.withFold(folded.fold(), Origin.COMPARISON)
              : seeded,
          part);
    }
  }

  /** A line with one seed, on one fold if the data are folded. */
  private record Run(Choices choices, Dataset data) {
    /** Its folder. */
    String name() {
      return choices.method().id()
          + (choices.encoder().isPresent() ? "-" + choices.encoderName() : "")
          + "-seed"
          + choices.seed()
          + choices.fold().map(fold -> "-fold" + fold.number()).orElse("");
    }

    Path folder(Job job) {
      return job.folder().resolve(name());
    }

    FailedRow failed(RunOutcome.Failure failure) {
      return new FailedRow(
          choices.method().id(),
          choices.encoderName(),
          data.id(),
          choices.seed(),
          choices.fold().map(Fold::number),
          failure.evaluator(),
          failure.problem());
    }
  }

  /** Watches what is compared. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Is told what comes next.
     *
     * @param place its place, such as {@code 2/5}
     * @param choices what was chosen
     * @param data what it is trained and tested on
     * @return what watches it
     */
    Monitor next(String place, Choices choices, Dataset data);

    /**
     * What watches its training, but not its scoring.
     *
     * @param monitor what watches both
     * @param choices what was chosen
     * @return the monitor of the training
     */
    default Monitor training(Monitor monitor, Choices choices) {
      return monitor;
    }

    /**
     * Is told what cannot be trained or scored; the comparison goes on.
     *
     * @param row what has no score
     * @param trace lines for whoever mends it, none for what a user can mend
     */
    default void failed(FailedRow row, List<String> trace) {}
  }

  /**
   * What came of it.
   *
   * @param rows all scores, in the order of the choices
   * @param failed what has no score
   * @param mistakes whether a user can mend all that failed
   */
  public record Result(List<Row> rows, List<FailedRow> failed, boolean mistakes) {
    /**
     * Copies.
     *
     * @param rows see the record
     * @param failed see the record
     * @param mistakes see the record
     */
    public Result {
      rows = List.copyOf(rows);
      failed = List.copyOf(failed);
    }
  }

  /** Collects what comes of it. */
  private static final class Outcome {
    private final List<Row> rows = new ArrayList<>();
    private final List<FailedRow> failed = new ArrayList<>();
    private boolean mistakes = true;

    void add(Job job, Run run, RunOutcome outcome, List<Scoring.Found> found) {
      for (RunOutcome.Failure failure : outcome.failures()) {
        failed.add(run.failed(failure));
        mistakes &= failure.mistake();
      }
      Choices choices = run.choices();
      for (Scoring.Chosen evaluator : job.evaluators()) {
        found.stream()
            .filter(evaluator::found)
            .map(
                f ->
                    new Row(
                        choices.method().id(),
                        choices.encoderName(),
                        run.data().id(),
                        choices.seed(),
                        choices.fold(),
                        f.evaluator(),
                        f.score()))
            .forEach(rows::add);
      }
    }

    Result result() {
      return new Result(rows, failed, mistakes);
    }
  }

  /**
   * Prepares to compare.
   *
   * @param registry the plug-ins
   * @param stop becomes true when the user wants to stop
   * @param watch watches
   */
  public Comparing(PluginRegistry registry, BooleanSupplier stop, Watch watch) {
    this.registry = registry;
    this.stop = stop;
    this.watch = watch;
  }

  /**
   * Compares. What cannot be trained or scored takes nothing else with it.
   *
   * @param job what to compare
   * @return what came of it
   * @throws UserException if the folder holds something else or another process compares there
   * @throws Interruption if the user stopped it before the last run
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Result run(Job job) {
    try (FolderLock lock = FolderLock.take(job.folder())) {
      return locked(job);
    }
  }

  /**
   * Compares, with several runs at once in processes of their own. What was trained and scored
   * before is not started again.
   *
   * @param job what to compare
   * @param processes carries runs out, each by {@link #only}
   * @return see {@link #run(Job)}
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Result run(Job job, SideBySide processes) {
    try (FolderLock lock = FolderLock.take(job.folder())) {
      return shared(job, processes);
    }
  }

  /**
   * Carries out one run of a comparison that another process leads, in the run's folder.
   *
   * @param job the comparison
   * @param number number of the run, from 1
   * @return what became of it
   * @throws Interruption if the user stopped it
   */
  public RunOutcome only(Job job, int number) {
    List<Run> runs = job.runs();
    Run run = runs.get(number - 1);
    awaitFree(run.folder(job));
    if (stop.getAsBoolean()) { // else a folder that is still in use would be a failure
      throw new Interruption("stopped before it began");
    }
    return attempt(job, run, number + "/" + runs.size());
  }

  /** Waits for a process that still saves the run, since the one that led it was killed. */
  private void awaitFree(Path folder) {
    try {
      for (int looks = 0; looks < MOST_LOOKS && !stop.getAsBoolean(); looks++) {
        if (FolderLock.inUse(folder).isEmpty()) {
          return;
        }
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Result locked(Job job) {
    ComparisonRecord record = prepare(job);
    Outcome outcome = new Outcome();
    List<Run> runs = job.runs();
    int total = runs.size();
    int number = 0;
    for (Run run : runs) {
      number++;
      RunOutcome came = attempt(job, run, number + "/" + total);
      tell(run, came);
      outcome.add(job, run, came, found(job, run, came));
      write(job.folder(), outcome.rows, record.with(outcome.failed));
      if (stop.getAsBoolean() && number < total) {
        throw new Interruption(
            "stopped after run "
                + number
                + " of "
                + total
                + "; the same command with --resume goes on from there");
      }
    }
    return outcome.result();
  }

  private Result shared(Job job, SideBySide processes) {
    ComparisonRecord record = prepare(job);
    List<Run> runs = job.runs();
    Map<Integer, RunOutcome> ended = new TreeMap<>();
    List<Integer> left = new ArrayList<>();
    for (int number = 1; number <= runs.size(); number++) {
      Run run = runs.get(number - 1);
      if (isScored(job, run)) { // else it is judged whether it is the same run
        RunOutcome came = attempt(job, run, number + "/" + runs.size());
        tell(run, came);
        ended.put(number, came);
      } else {
        left.add(number);
      }
    }
    processes.carryOut(
        left,
        stop,
        (number, came) -> {
          tell(runs.get(number - 1), came);
          ended.put(number, came);
          Outcome outcome = collected(job, runs, ended);
          write(job.folder(), outcome.rows, record.with(outcome.failed));
        });
    Outcome outcome = collected(job, runs, ended);
    write(job.folder(), outcome.rows, record.with(outcome.failed));
    return outcome.result();
  }

  private static Outcome collected(Job job, List<Run> runs, Map<Integer, RunOutcome> ended) {
    Outcome outcome = new Outcome();
    ended.forEach(
        (number, came) -> {
          Run run = runs.get(number - 1);
          outcome.add(job, run, came, found(job, run, came));
        });
    return outcome;
  }

  private static boolean isScored(Job job, Run run) {
    List<Scoring.Found> found = recorded(job, run);
    return TrainingRun.isDone(run.folder(job))
        && job.evaluators().stream().allMatch(e -> found.stream().anyMatch(e::found));
  }

  private static List<Scoring.Found> recorded(Job job, Run run) {
    return Scoring.read(run.folder(job), run.data().fingerprint());
  }

  /** The scores of a run; of one that was not trained, none that lie in its folder. */
  private static List<Scoring.Found> found(Job job, Run run, RunOutcome came) {
    boolean trained = came.failures().stream().allMatch(f -> f.evaluator().isPresent());
    return trained ? recorded(job, run) : List.of();
  }

  private void tell(Run run, RunOutcome came) {
    for (RunOutcome.Failure failure : came.failures()) {
      watch.failed(run.failed(failure), failure.trace());
    }
  }

  private RunOutcome attempt(Job job, Run run, String place) {
    List<RunOutcome.Failure> failures = new ArrayList<>();
    try {
      one(
          job,
          run,
          place,
          (evaluator, e) ->
              failures.add(RunOutcome.Failure.of(Optional.of(evaluator), registry.explain(e))));
    } catch (Interruption e) {
      throw e;
    } catch (RuntimeException | Error e) {
      failures.add(RunOutcome.Failure.of(Optional.empty(), registry.explain(e)));
    }
    return new RunOutcome(failures);
  }

  private static ComparisonRecord prepare(Job job) {
    Path folder = job.folder();
    if (Files.exists(folder.resolve("results.csv")) && !job.resume()) {
      throw new UserException(
          folder + " already holds a comparison; pass --resume to go on with it, or another --out");
    }
    try {
      Files.createDirectories(folder);
      if (!job.resume()) {
        Folders.write(folder.resolve("results.csv"), ResultsCsv.text(List.of()));
      }
      ComparisonRecord record =
          new ComparisonRecord(
              job.command(),
              job.baseline().method(),
              job.baseline().encoder(),
              job.names(),
              scoring(job),
              List.of());
      record.write(folder);
      return record;
    } catch (IOException e) {
      throw new UserException(
          "cannot write to " + folder + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }

  private static Map<String, Map<String, String>> scoring(Job job) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    job.evaluators().forEach(e -> settings.put(e.evaluator().id(), e.texts()));
    return settings;
  }

  private void one(Job job, Run run, String place, BiConsumer<String, Throwable> failed) {
    Choices choices = run.choices();
    Monitor monitor = watch.next(place, choices, run.data());
    Path folder = run.folder(job);
    boolean begun = TrainingRun.isBegun(folder);
    FrozenModel model =
        new TrainingRun(registry, watch.training(monitor, choices), stop)
            .train(
                new TrainingRun.Job(
                    choices,
                    job.dataName(),
                    run.data(),
                    folder,
                    begun,
                    begun ? Optional.empty() : job.first(run, folder)));
    List<Scoring.Found> found = begun ? recorded(job, run) : List.of();
    List<Scoring.Chosen> left =
        job.evaluators().stream().filter(e -> found.stream().noneMatch(e::found)).toList();
    if (!left.isEmpty()) {
      new Scoring(monitor, stop)
          .score(
              model,
              new RunSetup(choices, run.data(), folder),
              choices.joined(),
              left,
              folder,
              failed);
    }
  }

  private static void write(Path folder, List<Row> rows, ComparisonRecord record) {
    try {
      record.write(folder);
      Folders.write(folder.resolve("results.csv"), ResultsCsv.text(rows));
    } catch (IOException e) {
      throw new UserException(
          "cannot write results.csv to " + folder + " (" + Folders.reason(e) + ")", e);
    }
  }
}
