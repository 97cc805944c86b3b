package juxta.launcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.RunRecord;
import juxta.engine.run.Scoring;
import juxta.launcher.report.ReportedRun;

/** Reads what a report says of a run from the run's folder. */
final class RunReader {
  private RunReader() {}

  /**
   * The run, which may still be training.
   *
   * @param folder its folder
   * @param scoring settings of evaluators by which the scores are chosen; of others the newest are
   */
  static ReportedRun read(Path folder, Map<String, Map<String, String>> scoring) {
    RunRecord record =
        RunRecord.read(folder)
            .orElseThrow(
                () ->
                    new UserException(
                        folder
                            + " holds neither a run nor a comparison (no run.json in it or in the"
                            + " folders below); name the --out of a training"));
    JsonNode node = record.tree();
    String encoder = node.path("encoder").asText(record.settings().getOrDefault("encoder", "-"));
    try {
      return new ReportedRun(
          folder,
          record.method(),
          record.method(),
          encoder.isEmpty() ? "-" : encoder,
          record.data(),
          record.dataFingerprint(),
          map(node.path("records"), JsonNode::asLong),
          record.preset(),
          node.path("seed").asInt(),
          record.isDone(),
          node.path("precision").asText(),
          record.settings(),
          map(node.path("origins"), JsonNode::asText),
          cost(node),
          new ReportedRun.Provenance(
              node.path("started").asText(),
              map(node.path("environment"), JsonNode::asText),
              plugins(node.path("plugins"))),
          scores(folder, record.dataFingerprint(), scoring),
          Curves.of(folder));
    } catch (IOException e) {
      throw new UserException(
          folder.resolve("metrics.jsonl") + ": cannot be read (" + Folders.reason(e) + ")", e);
    }
  }

  private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> of) {
    Map<String, T> map = new LinkedHashMap<>();
    object.properties().forEach(e -> map.put(e.getKey(), of.apply(e.getValue())));
    return map;
  }

  private static ReportedRun.Cost cost(JsonNode node) {
    double seen = 0;
    double timed = 0;
    double seconds = 0;
    for (JsonNode phase : node.path("phases")) {
      double records = phase.path("recordsPerStep").asDouble();
      seen += phase.path("steps").asDouble() * records;
      timed += phase.path("timedSteps").asDouble() * records;
      seconds += phase.path("seconds").asDouble();
    }
    // a process that was killed did not write down what it had done
    boolean known = seen > 0 && node.path("phases").size() >= node.path("trainingPhases").asInt();
    return new ReportedRun.Cost(
        number(node, "seconds"),
        number(node, "cpuSeconds"),
        number(node, "peakMemory"),
        number(node, "steps"),
        known ? OptionalDouble.of(seen) : OptionalDouble.empty(),
        timed > 0 && seconds > 0 ? OptionalDouble.of(timed / seconds) : OptionalDouble.empty(),
        map(node.path("parameters"), JsonNode::asLong));
  }

  private static OptionalDouble number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  private static List<ReportedRun.PluginJars> plugins(JsonNode object) {
    List<ReportedRun.PluginJars> plugins = new ArrayList<>();
    object
        .properties()
        .forEach(
            e ->
                plugins.add(
                    new ReportedRun.PluginJars(
                        e.getKey(),
                        e.getValue().path("version").asText(),
                        map(e.getValue().path("sha256"), JsonNode::asText))));
    return plugins;
  }

  private static List<ReportedRun.Scored> scores(
      Path folder, String fingerprint, Map<String, Map<String, String>> scoring) {
    List<Scoring.Found> all = Scoring.read(folder, fingerprint);
    Map<String, Map<String, String>> shown = new LinkedHashMap<>();
    all.forEach(found -> shown.put(found.evaluator(), found.settings())); // the newest
    all.stream()
        .filter(found -> found.settings().equals(scoring.get(found.evaluator())))
        .forEach(found -> shown.put(found.evaluator(), found.settings()));
    return all.stream()
        .filter(found -> found.settings().equals(shown.get(found.evaluator())))
        .map(f -> new ReportedRun.Scored(f.evaluator(), f.score(), f.settings(), f.seconds()))
        .toList();
  }
}
