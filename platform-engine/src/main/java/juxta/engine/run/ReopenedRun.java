package juxta.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.train.FrozenModel;

/**
 * A run that was trained before, opened to use its model.
 *
 * @param folder the run's folder
 * @param record what was recorded
 * @param data the data that it is used on; closed with this
 * @param dataName the data as the user named them
 * @param choices what was chosen for the run
 * @param setup the run over the data
 * @param model the trained model
 * @param checkpoint where its weights lie
 */
public record ReopenedRun(
    Path folder,
    RunRecord record,
    Dataset data,
    String dataName,
    Choices choices,
    RunSetup setup,
    FrozenModel model,
    Path checkpoint)
    implements AutoCloseable {
  /** Settings that say on what of another machine's it was trained. */
  private static final Set<String> ELSEWHERE =
      Set.of(RunSettings.DEVICE.key(), RunSettings.DEVICES.key(), RunSettings.WORKERS.key());

  /** Settings that say on what its model is used now. */
  private static final Set<String> PLACE =
      Set.of(
          RunSettings.DEVICE.key(),
          RunSettings.DEVICES.key(),
          RunSettings.WORKERS.key(),
          RunSettings.WORKER_TIMEOUT.key(),
          RunSettings.THREADS.key());

  /**
   * Opens a run. What it was trained with stays as it was recorded, the fold of its own data among
   * it; a user may say anew what it runs on, how other data are read, and how it is scored.
   *
   * @param folder the run's folder
   * @param other data to use in place of the run's own
   * @param evaluators ids of what scores it, perhaps none
   * @param given values that count more than the recorded ones
   * @param catalogue the components
   * @param cache folder for downloads
   * @param progress told what is being done to the data
   * @return the run
   * @throws UserException if the folder holds no run, the run no weights yet, or a value was given
   *     that would change what was trained
   */
  public static ReopenedRun open(
      Path folder,
      Optional<String> other,
      List<String> evaluators,
      Overrides given,
      Catalogue catalogue,
      Path cache,
      BiConsumer<String, Double> progress) {
    RunRecord record =
        RunRecord.read(folder)
            .orElseThrow(
                () ->
                    new UserException(
                        folder + " holds no run (no run.json); name the --out of a training"));
    String name = other.orElse(record.data());
    boolean own = name.equals(record.data());
    boolean same = DataOpener.id(name).equals(DataOpener.id(record.data()));
    Overrides values =
        record
            .overrides()
            .only((key, entry) -> same || !Part.named(key).equals(Part.DATA)) // another provider's
            .only((key, entry) -> own || !key.equals(RunSettings.FOLD.key())) // of other records
            .only((key, entry) -> !ELSEWHERE.contains(key)) // another machine's
            .under(given);
    Request asked =
        new Request(record.method(), name, Optional.of(record.preset()), evaluators, values, true);
    List<String> problems = new ArrayList<>(fixed(given, evaluators, catalogue));
    problems.addAll(new Resolver(catalogue).mistakes(asked));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    Dataset data = new DataOpener(catalogue, cache).open(name, values, progress);
    try {
      Choices choices = new Resolver(catalogue).resolve(small(asked, data), DataSummary.of(data));
      RunSetup setup = new RunSetup(choices, data, folder);
      Checkpoints.Loaded loaded =
          new Checkpoints(folder.resolve("checkpoints"))
              .latest()
              .orElseThrow(
                  () ->
                      new UserException(
                          folder + " holds no checkpoint yet; train it further with --resume"));
      FrozenModel model = new FrozenModel(setup.plan().functions(), loaded.store());
      return new ReopenedRun(folder, record, data, name, choices, setup, model, loaded.path());
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** What was fixed when the run was trained. */
  private static List<String> fixed(Overrides given, List<String> evaluators, Catalogue catalogue) {
    Set<String> free = new TreeSet<>(evaluators);
    free.add(Part.DATA);
    List<String> fixed = new ArrayList<>();
    for (String key : given.entries().keySet()) {
      String part = Part.named(key);
      boolean place = PLACE.contains(key);
      boolean scores = catalogue.find(Evaluator.class, part).isPresent(); // judged with the others
      if (!place && !free.contains(part) && !scores && Resolution.trains(key)) {
        fixed.add(
            key + ": it was fixed when the run was trained and has no effect now; leave it out");
      }
    }
    return fixed;
  }

  /** Nothing is trained with the batch any more; it must not keep small data from being used. */
  private static Request small(Request asked, Dataset data) {
    String key = RunSettings.BATCH.key();
    int size = data.train().size();
    boolean large =
        asked
            .given()
            .text(key)
            .filter(t -> t.matches("[0-9]{1,9}"))
            .map(Integer::parseInt)
            .filter(batch -> batch > size)
            .isPresent();
    Overrides limit = Overrides.of(Origin.DEFAULT, Map.of(key, Integer.toString(size)));
    return large
        ? new Request(
            asked.method(),
            asked.data(),
            asked.preset(),
            asked.evaluators(),
            asked.given().under(limit),
            asked.recorded())
        : asked;
  }

  @Override
  public void close() {
    data.close();
  }
}
