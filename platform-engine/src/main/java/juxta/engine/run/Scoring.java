package juxta.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.train.ComponentFault;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.engine.train.Placement;
import juxta.toolkit.io.Json;

/** Scores trained models with the evaluators that a user named. */
public final class Scoring {
  private final Monitor monitor;
  private final BooleanSupplier stop;

  /**
   * Prepares to score.
   *
   * @param monitor is told what happens
   * @param stop becomes true when the user wants to stop
   */
  public Scoring(Monitor monitor, BooleanSupplier stop) {
    this.monitor = monitor;
    this.stop = stop;
  }

  /**
   * An evaluator with its settings.
   *
   * @param evaluator the evaluator
   * @param settings its settings
   */
  public record Chosen(Registered<Evaluator> evaluator, Settings settings) {
    /**
     * All its settings, defaults included: what a score was found with.
     *
     * @return texts by key
     */
    public Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>();
      evaluator.component().settings().forEach(s -> texts.put(s.key(), text(s)));
      return texts;
    }

    private <T> String text(Setting<T> setting) {
      return setting.text(settings.get(setting));
    }

    /**
     * Whether a score was found by this evaluator with these settings.
     *
     * @param score the score
     * @return true if nothing would be gained by scoring again
     */
    public boolean found(Found score) {
      boolean known = score.settings().isEmpty(); // an older version did not say
      return score.evaluator().equals(evaluator.id())
          && (known
              || evaluator.component().settings().stream()
                  .allMatch(setting -> same(setting, score.settings().get(setting.key()))));
    }

    private boolean same(Setting<?> setting, String text) {
      try {
        return text != null && setting.parse(text).equals(settings.get(setting));
      } catch (IllegalArgumentException e) {
        return false; // no value of it any more
      }
    }
  }

  /**
   * A score with the evaluator that found it.
   *
   * @param evaluator its id
   * @param score the score
   * @param settings all settings of the evaluator, by key; none where an older version recorded it
   * @param seconds how long all scores of the evaluator took together
   */
  public record Found(
      String evaluator, Score score, Map<String, String> settings, double seconds) {}

  /**
   * Checks that data have what evaluators need.
   *
   * @param chosen the evaluators
   * @param data the data
   * @throws UserException naming every lack
   */
  public static void check(List<Chosen> chosen, Dataset data) {
    List<String> problems = new ArrayList<>();
    for (Chosen one : chosen) {
      Evaluator evaluator = one.evaluator().component();
      for (String split : evaluator.splits()) {
        if (!data.splits().containsKey(split)) {
          problems.add(
              "evaluator '"
                  + one.evaluator().id()
                  + "' needs the split '"
                  + split
                  + "', which data set '"
                  + data.id()
                  + "' lacks; it has "
                  + String.join(", ", data.splits().keySet()));
        }
      }
      for (String field : evaluator.fields()) {
        if (!data.train().has(field)) {
          problems.add(
              "evaluator '"
                  + one.evaluator().id()
                  + "' needs the field '"
                  + field
                  + "', which data set '"
                  + data.id()
                  + "' lacks");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  /**
   * What a method's models can do.
   *
   * @param choices the method and its parts
   * @param data the data
   * @param folder the run's folder, which need not be there yet
   * @return names of functions, in the plan's order
   * @throws UserException if the method cannot be planned
   */
  public static Set<String> functions(Choices choices, Dataset data, Path folder) {
    return new RunSetup(choices, data, folder)
        .plan().functions().stream()
            .map(ModelFunction::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Which functions evaluators need that a method's models will lack.
   *
   * @param choices the method and its parts
   * @param data the data
   * @param folder the run's folder, which need not be there yet
   * @param chosen the evaluators
   * @return a line a lack
   * @throws UserException if the method cannot be planned
   */
  public static List<String> lacks(
      Choices choices, Dataset data, Path folder, List<Chosen> chosen) {
    Set<String> functions = functions(choices, data, folder);
    List<String> lacks = new ArrayList<>();
    for (Chosen one : chosen) {
      for (String function : one.evaluator().component().functions()) {
        if (!functions.contains(function)) {
          lacks.add(
              "evaluator '"
                  + one.evaluator().id()
                  + "' needs the function '"
                  + function
                  + "', which models of method '"
                  + choices.method().id()
                  + "' lack; they have "
                  + String.join(", ", functions));
        }
      }
    }
    return lacks;
  }

  /**
   * Scores a model as far as it can be, and writes the scores to its folder.
   *
   * @param model the model
   * @param setup the run that it comes from, over the data to score on
   * @param placement where evaluators run
   * @param chosen the evaluators
   * @param folder the run's folder
   * @param failed is told the id of an evaluator that cannot score it, and why; the others go on
   * @return all scores
   * @throws UserException if nothing can be written to the folder, or another process scores there
   */
  @SuppressWarnings("try") // the lock is held, not used
  public List<Found> score(
      FrozenModel model,
      RunSetup setup,
      Placement placement,
      List<Chosen> chosen,
      Path folder,
      BiConsumer<String, Throwable> failed) {
    Path directory = folder.resolve("evaluation");
    List<Found> found = new ArrayList<>();
    try (FolderLock lock = FolderLock.take(directory)) {
      Evaluations evaluations = new Evaluations(model, setup, directory, placement, monitor, stop);
      try {
        for (Chosen one : chosen) {
          try {
            found.addAll(score(model, evaluations, one, setup.data()));
          } catch (Interruption e) {
            throw e;
          } catch (RuntimeException | Error e) {
            failed.accept(one.evaluator().id(), e);
          } finally {
            monitor.end();
          }
        }
      } finally {
        if (!found.isEmpty()) {
          write(folder, setup, found);
        }
      }
    }
    return found;
  }

  private List<Found> score(FrozenModel model, Evaluations evaluations, Chosen one, Dataset data) {
    String id = one.evaluator().id();
    Evaluator evaluator = one.evaluator().component();
    for (String function : evaluator.functions()) {
      if (!model.functions().contains(function)) {
        throw new UserException(
            "evaluator '"
                + id
                + "' needs the function '"
                + function
                + "', which this model lacks; it has "
                + String.join(", ", model.functions()));
      }
    }
    monitor.phase(id, 0, 0, 0);
    Stopwatch watch = new Stopwatch();
    List<Score> scores =
        ComponentFault.in(
            one.evaluator(),
            "evaluate()",
            () -> checked(evaluator.evaluate(evaluations.with(one.settings()))));
    Map<String, String> settings = one.texts();
    double seconds = watch.seconds();
    return scores.stream()
        .map(score -> new Found(id, told(score, data), settings, seconds))
        .toList();
  }

  /** Which records were tested is a part of a score's protocol. */
  private static Score told(Score score, Dataset data) {
    if (!(data instanceof Folded folded)) {
      return score;
    }
    Map<String, String> protocol = new LinkedHashMap<>(score.protocol());
    protocol.put(RunSettings.FOLD.key(), folded.words());
    return new Score(score.metric(), score.value(), score.unit(), score.better(), protocol);
  }

  private static List<Score> checked(List<Score> scores) {
    if (scores == null) {
      return null;
    }
    if (scores.isEmpty()) {
      throw ComponentFault.nonsense("evaluate()", "returned no score");
    }
    Set<String> metrics = new HashSet<>();
    for (Score score : scores) {
      if (!metrics.add(score.metric())) {
        throw ComponentFault.nonsense(
            "evaluate()", "returned the score '" + score.metric() + "' twice");
      }
      if (score.unit() == Score.Unit.RATE && Math.abs(score.value()) > 1 + 1e-6) {
        throw ComponentFault.nonsense(
            "evaluate()",
            "returned the rate '"
                + score.metric()
                + "' of "
                + score.value()
                + ", which is a fraction of 1,");
      }
    }
    return scores;
  }

  private static void write(Path folder, RunSetup setup, List<Found> found) {
    List<Object> scores = new ArrayList<>();
    String fingerprint = setup.data().fingerprint();
    for (JsonNode old : nodes(folder)) {
      boolean replaced =
          isOf(old, fingerprint)
              && found.stream()
                  .anyMatch(
                      f ->
                          f.evaluator().equals(old.path("evaluator").asText())
                              && f.settings().equals(texts(old.path("settings"))));
      if (!replaced) {
        scores.add(old); // as it is: another version may say more of it
      }
    }
    found.forEach(one -> scores.add(RecordedScore.of(setup.summary().id(), fingerprint, one)));
    try {
      Folders.write(folder.resolve("scores.json"), Json.pretty(scores) + "\n");
    } catch (IOException e) {
      throw new UserException(
          "cannot write the scores to " + folder + " (" + Folders.reason(e) + ")", e);
    }
  }

  private static boolean isOf(JsonNode score, String fingerprint) {
    return score.path("dataFingerprint").asText().equals(fingerprint);
  }

  private static JsonNode nodes(Path folder) {
    Path file = folder.resolve("scores.json");
    if (!Files.exists(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JsonRecord.tree(file);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Folders.reason(e) + "); delete it and evaluate again", e);
    }
  }

  /**
   * Reads the scores of a run.
   *
   * @param folder the run's folder
   * @param fingerprint hash of the data that it was scored on
   * @return the scores, empty if it has none
   */
  public static List<Found> read(Path folder, String fingerprint) {
    List<Found> found = new ArrayList<>();
    for (JsonNode node : nodes(folder)) {
      if (isOf(node, fingerprint)) {
        found.add(found(folder, node));
      }
    }
    return found;
  }

  private static Found found(Path folder, JsonNode node) {
    try {
      return JsonRecord.of(node, RecordedScore.class).found();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          folder.resolve("scores.json")
              + ": holds a score that this version cannot read ("
              + e.getMessage()
              + "); delete it and evaluate again",
          e);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}
