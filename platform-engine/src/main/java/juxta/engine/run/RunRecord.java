package juxta.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Plugin;

/** The file {@code run.json}: everything that determines a run, and how far it came. */
public final class RunRecord {
  static final String NAME = "run.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  /** A tree, for the record of a run that goes on keeps what another version wrote into it. */
  private final ObjectNode node;

  private RunRecord(ObjectNode node) {
    this.node = node;
  }

  /**
   * The record of a run that begins now.
   *
   * @param choices what was chosen
   * @param dataName the data as the user named them
   * @param data the open data set
   * @param initial weights that it starts from
   * @param registry the plug-ins
   * @return the record
   */
  static RunRecord begin(
      Choices choices,
      String dataName,
      Dataset data,
      Optional<InitialWeights> initial,
      Catalogue registry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    node.put("status", "running");
    node.put("method", choices.method().id());
    node.put("encoder", choices.encoderName());
    node.put("data", dataName);
    node.put("preset", choices.preset());
    ObjectNode settings = node.putObject("settings");
    ObjectNode origins = node.putObject("origins");
    choices
        .resolution()
        .training()
        .entries()
        .forEach(
            (key, entry) -> {
              settings.put(key, entry.text());
              origins.put(key, entry.origin().toString());
            });
    node.put("seed", choices.seed());
    node.put("precision", choices.precision().toString());
    initial.ifPresent(
        weights ->
            node.set(
                "initFrom",
                JSON.valueToTree(
                    new RunFile.Weights(
                        weights.source().toAbsolutePath().normalize().toString(),
                        weights.store().names().size()))));
    ObjectNode summary = node.putObject("records");
    data.splits().forEach((name, split) -> summary.put(name, split.size()));
    node.put("dataFingerprint", data.fingerprint());
    node.put("dataFingerprintFrom", data.evidence().name().toLowerCase(Locale.ROOT));
    if (data instanceof Folded folded) {
      node.set(
          "fold",
          JSON.valueToTree(
              new RunFile.Folding(
                  folded.fold().number(),
                  folded.fold().of(),
                  folded.word(),
                  folded.source().fingerprint())));
    }
    ObjectNode plugins = node.putObject("plugins");
    for (Plugin plugin : registry.plugins()) {
      plugins.set(
          plugin.name(),
          JSON.valueToTree(
              new RunFile.PluginJars(
                  plugin.version(), plugin.location().toString(), plugin.sha256())));
    }
    node.set("environment", JSON.valueToTree(Environment.of(choices.device())));
    node.putArray("ranOn").add(place(choices));
    node.put("started", Instant.now().toString());
    return new RunRecord(node);
  }

  /**
   * Reads a record.
   *
   * @param folder the run's folder
   * @return the record, empty if the folder has none
   */
  public static Optional<RunRecord> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      RunRecord record = new RunRecord(JsonRecord.tree(file, FORMAT));
      JsonRecord.of(record.node, RunFile.class); // throws if it is damaged
      return Optional.of(record);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Folders.reason(e) + "); choose another folder", e);
    }
  }

  /** Writes the record. */
  void write(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      Folders.write(file, node.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UserException(
          "cannot write " + file + " (" + Folders.reason(e) + "); choose another --out", e);
    }
  }

  /** Deletes the record of a run that came to nothing. */
  static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }

  /** What decides the bits of the result beside settings and data. */
  private static String place(Choices choices) {
    String compiled = choices.placement().xla() ? ", XLA" : "";
    int devices = choices.team().devices().size();
    String several = devices > 1 ? devices + " times " : "";
    int others = choices.workers().size();
    String helped =
        others == 0 ? "" : others == 1 ? " and 1 worker" : " and " + others + " workers";
    return several + choices.device().kind() + helped + ", " + choices.precision() + compiled;
  }

  /**
   * Notes where the run goes on.
   *
   * @return a line if that is not where it was before: then it no longer ends with the same bits
   */
  Optional<String> goesOnAt(Choices choices) {
    List<String> places = file().ranOn();
    String now = place(choices);
    String before = places.isEmpty() ? now : places.get(places.size() - 1);
    if (places.isEmpty() || !now.equals(before)) {
      node.withArray("ranOn").add(now);
    }
    return now.equals(before)
        ? Optional.empty()
        : Optional.of(
            "ran on "
                + before
                + " before, goes on with "
                + now
                + ": it will not end with the very bits that it would have had there");
  }

  /** Adds what a process has spent on the run. */
  void spent(Stopwatch watch, List<PhaseCost> phases) {
    RunFile before = file();
    node.put("seconds", tenths(seconds() + watch.seconds()));
    node.put("cpuSeconds", tenths(before.cpuSeconds().orElse(0.0) + watch.cpuSeconds()));
    Memory.peak()
        .ifPresent(
            bytes -> node.put("peakMemory", Math.max(bytes, before.peakMemory().orElse(0L))));
    ObjectNode all = node.withObject("/phases");
    for (PhaseCost phase : phases) {
      ObjectNode one = all.withObject("/" + phase.name().replace("~", "~0").replace("/", "~1"));
      one.put("steps", phase.steps());
      one.put("recordsPerStep", phase.records());
      one.put("timedSteps", one.path("timedSteps").asLong() + phase.timedSteps());
      one.put("seconds", one.path("seconds").asDouble() + phase.seconds());
    }
  }

  /** Adds what looks at the model have taken in a process. */
  void probed(ProbeBudget looks) {
    ObjectNode probes = node.withObject("/probes");
    probes.put("looks", probes.path("looks").asLong() + looks.looks());
    probes.put("seconds", probes.path("seconds").asDouble() + looks.spent());
  }

  private static double tenths(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }

  /** Notes that the run is done: how many steps and training phases it had in all processes. */
  void done(long steps, long phases, Map<String, Long> parameters) {
    node.put("status", "done");
    node.put("trainingPhases", phases);
    node.put("finished", Instant.now().toString());
    node.put("steps", steps);
    ObjectNode counts = node.putObject("parameters");
    parameters.forEach(counts::put);
  }

  /**
   * The whole record.
   *
   * @return what it says now
   */
  public RunFile file() {
    try {
      return JsonRecord.of(node, RunFile.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, or written by this class
    }
  }

  /**
   * Whether the run came to its end.
   *
   * @return true if nothing is left to train
   */
  public boolean isDone() {
    return file().status().equals("done");
  }

  /**
   * Id of the method.
   *
   * @return the id
   */
  public String method() {
    return file().method();
  }

  /**
   * The data as the user named them.
   *
   * @return {@code id} or {@code id:path}
   */
  public String data() {
    return file().data();
  }

  /**
   * The weights that the run started from.
   *
   * @return a run folder or a file, empty if it started from random ones
   */
  Optional<String> initialWeights() {
    return file().initFrom().map(RunFile.Weights::path);
  }

  /**
   * Hash of the data.
   *
   * @return hexadecimal digits
   */
  public String dataFingerprint() {
    return file().dataFingerprint();
  }

  /**
   * Name of the preset.
   *
   * @return the name
   */
  public String preset() {
    return file().preset();
  }

  /**
   * Seconds that training took, in all processes that ended by themselves.
   *
   * @return seconds, 0 while the first one runs
   */
  public double seconds() {
    return file().seconds().orElse(0.0);
  }

  /**
   * All values that were given, by key.
   *
   * @return a copy
   */
  public Map<String, String> settings() {
    return overrides().texts();
  }

  /**
   * All values that were given, with their origins. Older comparisons also wrote the settings of
   * their evaluators here, which are no part of a training: they are left out.
   *
   * @return the values
   */
  public Overrides overrides() {
    Map<String, Overrides.Entry> entries = new TreeMap<>();
    RunFile file = file();
    file.settings()
        .forEach(
            (key, text) -> {
              Origin origin = Origin.parse(file.origins().getOrDefault(key, ""));
              entries.put(key, new Overrides.Entry(text, origin));
            });
    return new Overrides(entries).only((key, entry) -> Resolution.trains(key));
  }

  /**
   * What differs between this run and what is asked for now.
   *
   * @param choices what is asked for
   * @param fingerprint hash of the data
   * @return {@code was -> is} by name, empty if the run can be continued
   */
  Map<String, String> differences(Choices choices, String fingerprint) {
    Map<String, String> differences = new LinkedHashMap<>();
    if (!method().equals(choices.method().id())) {
      differences.put("method", method() + " -> " + choices.method().id());
      return differences;
    }
    if (!preset().equals(choices.preset())) {
      differences.put("preset", preset() + " -> " + choices.preset());
    }
    Map<String, String> before = new TreeMap<>(settings());
    Map<String, String> now = new TreeMap<>(choices.resolution().training().texts());
    before.put("seed", Long.toString(file().seed())); // the same whether it was given or not
    now.put("seed", Integer.toString(choices.seed()));
    for (String key : before.keySet()) {
      now.putIfAbsent(key, "(default)");
    }
    now.forEach(
        (key, value) -> {
          String old = before.getOrDefault(key, "(default)");
          if (!old.equals(value) && !harmless(key)) {
            differences.put(key, old + " -> " + value);
          }
        });
    if (!dataFingerprint().equals(fingerprint)) {
      differences.put("data", "other content than before");
    }
    return differences;
  }

  /** Keys that do not change what a run computes. */
  private static boolean harmless(String key) {
    return List.of(
            "checkpoint-every",
            "data.cache",
            "device",
            "devices",
            "metrics-every",
            "probe",
            "probe-every",
            "probe-share",
            "threads",
            "worker-timeout",
            "workers",
            "xla")
        .contains(key);
  }
}
