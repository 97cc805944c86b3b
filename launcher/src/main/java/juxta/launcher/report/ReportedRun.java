package juxta.launcher.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import juxta.api.Score;
import juxta.engine.run.RunFile;

/**
 * What a report says of a run; all of it was read from the run's folder.
 *
 * @param folder the run's folder
 * @param method id of the method
 * @param label the method as a table names it, with more words where several lines are of one
 * @param encoder id of the encoder, {@code -} where there is none
 * @param data the data as the user named them
 * @param fingerprint hash of the data, of a fold's whole data
 * @param fold which fold of the data was tested
 * @param records number of records by split
 * @param preset name of the preset
 * @param seed the run's seed
 * @param done whether the run came to its end
 * @param precision arithmetic of training
 * @param settings all values that were given, by key
 * @param origins where each value came from, by key
 * @param cost what it took
 * @param provenance what it was made with
 * @param scores what evaluators found
 * @param curves what was logged
 */
public record ReportedRun(
    Path folder,
    String method,
    String label,
    String encoder,
    String data,
    String fingerprint,
    Optional<RunFile.Folding> fold,
    Map<String, Long> records,
    String preset,
    int seed,
    boolean done,
    String precision,
    Map<String, String> settings,
    Map<String, String> origins,
    Cost cost,
    Provenance provenance,
    List<Scored> scores,
    List<Curve> curves) {
  /** Settings that do not change what a run computes, or are shown elsewhere. */
  private static final List<String> ASIDE =
      List.of(
          "seed",
          "fold",
          "device",
          "threads",
          "checkpoint-every",
          "metrics-every",
          "probe",
          "probe-every",
          "probe-share");

  /**
   * What a run took; what was not recorded is empty.
   *
   * @param seconds time on the wall
   * @param cpuSeconds time of all processors together
   * @param peakMemory bytes held at once
   * @param steps training steps of all phases
   * @param imagesSeen records that went through training steps, with repetitions
   * @param imagesPerSecond records a second while steps ran
   * @param parameters numbers that the model is made of, by part
   */
  public record Cost(
      OptionalDouble seconds,
      OptionalDouble cpuSeconds,
      OptionalDouble peakMemory,
      OptionalDouble steps,
      OptionalDouble imagesSeen,
      OptionalDouble imagesPerSecond,
      Map<String, Long> parameters) {}

  /**
   * What a run was made with.
   *
   * @param started when it began
   * @param environment versions and hardware by name
   * @param plugins the plug-ins that were there
   */
  public record Provenance(
      String started, Map<String, String> environment, List<PluginJars> plugins) {}

  /**
   * A plug-in.
   *
   * @param name its name
   * @param version its version
   * @param sha256 hashes of its jars by file name
   */
  public record PluginJars(String name, String version, Map<String, String> sha256) {}

  /**
   * A score.
   *
   * @param evaluator id of the evaluator
   * @param score what it found
   * @param settings all settings of the evaluator by key; none where they were not recorded
   * @param seconds how long the evaluator took
   */
  public record Scored(
      String evaluator, Score score, Map<String, String> settings, double seconds) {}

  /**
   * The line of a table that the run belongs to.
   *
   * @return the line
   */
  public ScoreGrid.Line line() {
    return new ScoreGrid.Line(label, encoder);
  }

  /**
   * What it was drawn with, for people.
   *
   * @return the seed, and the fold if there is one
   */
  public String draw() {
    return "seed " + seed + fold.map(one -> ", fold " + one.number()).orElse("");
  }

  /**
   * The scores as rows of a table.
   *
   * @return a row a score
   */
  public List<Row> rows() {
    String id = data.replaceFirst(":.*", "");
    return scores.stream().map(s -> row(id, s)).toList();
  }

  private Row row(String id, Scored scored) {
    return new Row(
        label,
        encoder,
        id,
        seed,
        fold.map(RunFile.Folding::fold),
        scored.evaluator(),
        scored.score());
  }

  /**
   * Whether it trained: rows such as raw pixels and untrained networks did not.
   *
   * @return true if a training step was made
   */
  public boolean trained() {
    return cost.steps().orElse(0) > 0;
  }

  /**
   * Settings that make a run another one, seed and fold left aside.
   *
   * @return values by key
   */
  public Map<String, String> essentials() {
    Map<String, String> own = new java.util.TreeMap<>(settings);
    ASIDE.forEach(own::remove);
    return own;
  }

  /**
   * The same run as another line of the table.
   *
   * @param name the new label
   * @return the run
   */
  public ReportedRun named(String name) {
    return new ReportedRun(
        folder,
        method,
        name,
        encoder,
        data,
        fingerprint,
        fold,
        records,
        preset,
        seed,
        done,
        precision,
        settings,
        origins,
        cost,
        provenance,
        scores,
        curves);
  }
}
