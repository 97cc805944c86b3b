package juxta.launcher.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.engine.run.Choices;
import juxta.engine.run.Folders;
import juxta.engine.run.Origin;
import juxta.engine.run.RunRecord;
import juxta.engine.run.RunSetup;
import juxta.engine.run.Scoring;
import juxta.engine.run.TrainingRun;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.report.ResultsCsv;
import juxta.launcher.report.Row;
import juxta.launcher.report.ScoreGrid;

/** Trains and scores several choices on the same data, one after the other. */
public final class Comparing {
  private final PluginRegistry registry;
  private final BooleanSupplier stop;
  private final Watch watch;

  /**
   * What to compare.
   *
   * @param choices the lines of the table
   * @param dataName the data as the user named them
   * @param data the open data set
   * @param evaluators what scores each run
   * @param seeds runs of each line
   * @param folder folder of all runs
   * @param resume whether to go on with what the folder holds
   * @param baseline the line that others are tested against
   * @param command the words that make the comparison again
   */
  public record Job(
      List<Choices> choices,
      String dataName,
      Dataset data,
      List<Scoring.Chosen> evaluators,
      int seeds,
      Path folder,
      boolean resume,
      ScoreGrid.Line baseline,
      List<String> command) {}

  /** Watches what is compared. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Is told what comes next.
     *
     * @param place its place, such as {@code 2/5}
     * @param choices what was chosen
     * @return what watches it
     */
    Monitor next(String place, Choices choices);

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
     * Is told that a run cannot be made or scored; the comparison goes on unless this throws.
     *
     * @param choices what was chosen
     * @param problem why
     */
    default void failed(Choices choices, UserException problem) {
      throw problem;
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
   * Compares.
   *
   * @param job what to compare
   * @return all scores, in the order of the choices
   */
  public List<Row> run(Job job) {
    prepare(job);
    List<Row> rows = new ArrayList<>();
    int total = job.choices().size() * job.seeds();
    int number = 0;
    for (int seed = 0; seed < job.seeds(); seed++) {
      for (Choices choices : job.choices()) {
        number++;
        Choices seeded = job.seeds() == 1 ? choices : withSeed(choices, seed);
        try {
          rows.addAll(one(job, seeded, number + "/" + total));
        } catch (UserException e) {
          watch.failed(seeded, e);
        }
        write(job.folder(), rows);
        if (stop.getAsBoolean()) {
          throw new Interruption(
              "stopped after run "
                  + number
                  + " of "
                  + total
                  + "; the same command with --resume goes on from there");
        }
      }
    }
    return rows;
  }

  private static void prepare(Job job) {
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
      new ComparisonRecord(
              job.command(),
              job.baseline().method(),
              job.baseline().encoder(),
              names(job),
              scoring(job))
          .write(folder);
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

  /** The folders of all runs, seeds of a line side by side. */
  private static List<String> names(Job job) {
    List<String> names = new ArrayList<>();
    for (Choices choices : job.choices()) {
      for (int seed = 0; seed < job.seeds(); seed++) {
        names.add(name(job.seeds() == 1 ? choices : withSeed(choices, seed)));
      }
    }
    return names;
  }

  private static String name(Choices choices) {
    return choices.method().id()
        + (choices.encoder().isPresent() ? "-" + choices.encoderName() : "")
        + "-seed"
        + choices.seed();
  }

  private static Choices withSeed(Choices choices, int seed) {
    return choices.withSeed(seed, Origin.COMPARISON);
  }

  private List<Row> one(Job job, Choices choices, String place) {
    Monitor monitor = watch.next(place, choices);
    Path folder = job.folder().resolve(name(choices));
    boolean begun = RunRecord.read(folder).isPresent();
    FrozenModel model =
        new TrainingRun(registry, watch.training(monitor, choices), stop)
            .train(
                new TrainingRun.Job(
                    choices, job.dataName(), job.data(), folder, begun, Optional.empty()));
    List<Scoring.Found> found =
        begun ? asked(Scoring.read(folder, job.data().fingerprint()), job) : List.of();
    if (!covers(found, job.evaluators())) {
      found =
          new Scoring(monitor, stop)
              .score(
                  model,
                  new RunSetup(choices, job.data(), folder),
                  choices.placement(),
                  job.evaluators(),
                  folder);
    }
    return found.stream()
        .map(
            f ->
                new Row(
                    choices.method().id(),
                    choices.encoderName(),
                    job.data().id(),
                    choices.seed(),
                    f.evaluator(),
                    f.score()))
        .toList();
  }

  /** The scores that were found as this comparison scores. */
  private static List<Scoring.Found> asked(List<Scoring.Found> found, Job job) {
    return found.stream()
        .filter(score -> job.evaluators().stream().anyMatch(e -> e.found(score)))
        .toList();
  }

  private static boolean covers(List<Scoring.Found> found, List<Scoring.Chosen> evaluators) {
    return evaluators.stream().allMatch(e -> found.stream().anyMatch(e::found));
  }

  private static void write(Path folder, List<Row> rows) {
    try {
      Folders.write(folder.resolve("results.csv"), ResultsCsv.text(rows));
    } catch (IOException e) {
      throw new UserException(
          "cannot write results.csv to " + folder + " (" + Folders.reason(e) + ")", e);
    }
  }
}
