package juxta.engine.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import juxta.api.DataSummary;
import juxta.api.Dataset;
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
  /** Settings of a data set's provider. */
  private static final String DATA = "data.";

  /**
   * Opens a run.
   *
   * @param folder the run's folder
   * @param other data to use in place of the run's own
   * @param given values that count more than the recorded ones, by key
   * @param registry the plug-ins
   * @param cache folder for downloads
   * @param progress told what is being done to the data
   * @return the run
   * @throws UserException if the folder holds no run, or the run no weights yet
   */
  public static ReopenedRun open(
      Path folder,
      Optional<String> other,
      Map<String, String> given,
      Catalogue registry,
      Path cache,
      BiConsumer<String, Double> progress) {
    RunRecord record =
        RunRecord.read(folder)
            .orElseThrow(
                () ->
                    new UserException(
                        folder + " holds no run (no run.json); name the --out of a training"));
    String name = other.orElse(record.data());
    Map<String, String> values = new LinkedHashMap<>(record.settings());
    if (!id(name).equals(id(record.data()))) {
      values.keySet().removeIf(key -> key.startsWith(DATA)); // another provider's
    }
    values.remove(RunSettings.DEVICE.key()); // it may have been another machine's
    values.putAll(given);
    Dataset data = new DataOpener(registry, cache).open(name, values, progress);
    try {
      limitBatch(values, data);
      Choices choices =
          new Resolver(registry)
              .resolve(
                  new Request(
                      record.method(), name, Optional.of(record.preset()), Map.of(), values),
                  DataSummary.of(data));
      RunSetup setup = new RunSetup(choices, data, folder);
      Checkpoints.Loaded loaded =
          new Checkpoints(folder.resolve("checkpoints"))
              .latest()
              .orElseThrow(
                  () ->
                      new UserException(
                          folder + " holds no checkpoint yet; train it further with --resume"));
      FrozenModel model =
          new FrozenModel(choices.method().component().plan(setup).functions(), loaded.store());
      return new ReopenedRun(folder, record, data, name, choices, setup, model, loaded.path());
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Nothing is trained with the batch any more; it must not keep small data from being used. */
  private static void limitBatch(Map<String, String> values, Dataset data) {
    String batch = values.getOrDefault(RunSettings.BATCH.key(), "");
    int size = data.train().size();
    if (batch.matches("[0-9]{1,9}") && Integer.parseInt(batch) > size) {
      values.put(RunSettings.BATCH.key(), Integer.toString(size));
    }
  }

  private static String id(String name) {
    return name.replaceFirst(":.*", "");
  }

  @Override
  public void close() {
    data.close();
  }
}
