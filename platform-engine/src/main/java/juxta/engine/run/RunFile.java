package juxta.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the file {@code run.json} says. A component that is not required may be missing: older
 * versions did not write it, or the run has not come so far; maps and lists are empty then.
 *
 * @param format number of the format
 * @param status {@code running} or {@code done}
 * @param method id of the method
 * @param encoder id of the encoder, {@code -} where there is none
 * @param data the data as the user named them
 * @param preset name of the preset
 * @param settings all values that were given, by key
 * @param origins where each value came from, by key
 * @param seed the run's seed
 * @param precision arithmetic of training
 * @param initFrom the weights that it started from
 * @param records number of records by split
 * @param dataFingerprint hash of the data; of a fold, of that alone
 * @param fold which fold of the data was tested
 * @param plugins the plug-ins that were there, by name
 * @param environment versions and hardware, by name: texts and numbers
 * @param ranOn devices and arithmetic of the processes that trained it, one after the other
 * @param started when it began
 * @param seconds how long training took, in all processes that ended by themselves
 * @param cpuSeconds time of all processors together
 * @param peakMemory bytes held at once
 * @param phases what the training phases took, by name
 * @param trainingPhases number of training phases
 * @param steps training steps of all phases
 * @param parameters numbers that the model is made of, by part
 */
public record RunFile(
    int format,
    @Required String status,
    @Required String method,
    Optional<String> encoder,
    @Required String data,
    @Required String preset,
    @Required Map<String, String> settings,
    Map<String, String> origins,
    @Required long seed,
    Optional<String> precision,
    Optional<Weights> initFrom,
    Map<String, Long> records,
    @Required String dataFingerprint,
    Optional<Folding> fold,
    Map<String, PluginJars> plugins,
    Map<String, Object> environment,
    List<String> ranOn,
    Optional<String> started,
    Optional<Double> seconds,
    Optional<Double> cpuSeconds,
    Optional<Long> peakMemory,
    Map<String, PhaseTimes> phases,
    Optional<Long> trainingPhases,
    Optional<Long> steps,
    Map<String, Long> parameters) {
  /**
   * Checks and completes.
   *
   * @param format see the record
   * @param status see the record
   * @param method see the record
   * @param encoder see the record
   * @param data see the record
   * @param preset see the record
   * @param settings see the record
   * @param origins see the record
   * @param seed see the record
   * @param precision see the record
   * @param initFrom see the record
   * @param records see the record
   * @param dataFingerprint see the record
   * @param fold see the record
   * @param plugins see the record
   * @param environment see the record
   * @param ranOn see the record
   * @param started see the record
   * @param seconds see the record
   * @param cpuSeconds see the record
   * @param peakMemory see the record
   * @param phases see the record
   * @param trainingPhases see the record
   * @param steps see the record
   * @param parameters see the record
   */
  public RunFile {
    origins = Objects.requireNonNullElse(origins, Map.of());
    records = counts("records", records);
    plugins = Objects.requireNonNullElse(plugins, Map.of());
    environment = Objects.requireNonNullElse(environment, Map.of());
    ranOn = Objects.requireNonNullElse(ranOn, List.of());
    phases = Objects.requireNonNullElse(phases, Map.of());
    parameters = counts("parameters", parameters);
    peakMemory.ifPresent(bytes -> JsonRecord.count("peakMemory", bytes));
    trainingPhases.ifPresent(number -> JsonRecord.count("trainingPhases", number));
    steps.ifPresent(number -> JsonRecord.count("steps", number));
  }

  private static Map<String, Long> counts(String name, Map<String, Long> map) {
    Map<String, Long> counts = Objects.requireNonNullElse(map, Map.of());
    counts.forEach((key, count) -> JsonRecord.count(name + "." + key, count));
    return counts;
  }

  /**
   * A fold.
   *
   * @param number which, from 1
   * @param of how many there are
   * @param by what the records of a group have in common, such as {@code patient}
   * @param dataFingerprint hash of the whole data
   */
  public record Folding(
      @Required int number,
      @Required int of,
      @Required String by,
      @Required String dataFingerprint) {
    /**
     * Checks.
     *
     * @param number see the record
     * @param of see the record
     * @param by see the record
     * @param dataFingerprint see the record
     */
    public Folding {
      if (of < Fold.FEWEST || number < 1 || number > of) {
        throw new IllegalArgumentException("there is no fold " + number + "/" + of);
      }
    }

    /**
     * The fold.
     *
     * @return which of how many
     */
    public Fold fold() {
      return new Fold(number, of);
    }
  }

  /**
   * Weights that a run started from.
   *
   * @param path a run folder or a file
   * @param weights how many of them there were
   */
  public record Weights(@Required String path, long weights) {}

  /**
   * A plug-in.
   *
   * @param version its version
   * @param location the jar, or the folder
   * @param sha256 hashes of its jars by file name
   */
  public record PluginJars(String version, String location, Map<String, String> sha256) {
    /**
     * Checks and completes.
     *
     * @param version see the record
     * @param location see the record
     * @param sha256 see the record
     */
    public PluginJars {
      version = Objects.requireNonNullElse(version, "");
      location = Objects.requireNonNullElse(location, "");
      sha256 = Objects.requireNonNullElse(sha256, Map.of());
    }
  }

  /**
   * What a training phase took.
   *
   * @param steps steps done in all processes
   * @param recordsPerStep records a step
   * @param timedSteps steps whose time is known
   * @param seconds how long these took
   */
  public record PhaseTimes(long steps, long recordsPerStep, long timedSteps, double seconds) {}
}
