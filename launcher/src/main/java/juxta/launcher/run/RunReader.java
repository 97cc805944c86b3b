package juxta.launcher.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.engine.run.RunFile;
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
    RunFile file = record.file();
    String encoder = file.encoder().orElse(record.settings().getOrDefault("encoder", "-"));
    Map<String, String> environment = new LinkedHashMap<>();
    file.environment().forEach((name, value) -> environment.put(name, String.valueOf(value)));
    try {
      return new ReportedRun(
          folder,
          record.method(),
          record.method(),
          encoder.isEmpty() ? "-" : encoder,
          record.data(),
          file.fold().map(RunFile.Folding::dataFingerprint).orElse(record.dataFingerprint()),
          file.fold(),
          file.records(),
          record.preset(),
          (int) file.seed(),
          record.isDone(),
          file.precision().orElse(""),
          record.settings(),
          file.origins(),
          cost(file),
          new ReportedRun.Provenance(
              file.started().orElse(""), environment, plugins(file.plugins())),
          scores(folder, record.dataFingerprint(), scoring),
          Curves.of(folder));
    } catch (IOException e) {
      throw new UserException(
          folder.resolve("metrics.jsonl") + ": cannot be read (" + Folders.reason(e) + ")", e);
    }
  }

  private static ReportedRun.Cost cost(RunFile file) {
    double seen = 0;
    double timed = 0;
    double seconds = 0;
    for (RunFile.PhaseTimes phase : file.phases().values()) {
      double records = phase.recordsPerStep();
      seen += phase.steps() * records;
      timed += phase.timedSteps() * records;
      seconds += phase.seconds();
    }
    // a process that was killed did not write down what it had done
    boolean known = seen > 0 && file.phases().size() >= file.trainingPhases().orElse(0L);
    return new ReportedRun.Cost(
        number(file.seconds()),
        number(file.cpuSeconds()),
        number(file.peakMemory()),
        number(file.steps()),
        known ? OptionalDouble.of(seen) : OptionalDouble.empty(),
        timed > 0 && seconds > 0 ? OptionalDouble.of(timed / seconds) : OptionalDouble.empty(),
        file.parameters());
  }

  private static OptionalDouble number(Optional<? extends Number> value) {
    return value.isPresent()
        ? OptionalDouble.of(value.get().doubleValue())
        : OptionalDouble.empty();
  }

  private static List<ReportedRun.PluginJars> plugins(Map<String, RunFile.PluginJars> plugins) {
    List<ReportedRun.PluginJars> all = new ArrayList<>();
    plugins.forEach(
        (name, own) -> all.add(new ReportedRun.PluginJars(name, own.version(), own.sha256())));
    return all;
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
