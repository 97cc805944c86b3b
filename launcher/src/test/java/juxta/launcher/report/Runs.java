package juxta.launcher.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import juxta.api.Score;
import juxta.engine.run.RunFile;

/** Runs as a report sees them, made up. */
final class Runs {
  private Runs() {}

  static ReportedRun run(String method, int seed, double accuracy) {
    return run(method, seed, List.of(scored("accuracy", accuracy, Score.Better.HIGHER)));
  }

  static ReportedRun run(String method, int seed, List<ReportedRun.Scored> scores) {
    return new ReportedRun(
        Path.of("runs", method + "-" + seed),
        method,
        method,
        "resnet-small",
        "shapes",
        "ab".repeat(32),
        Optional.empty(),
        Map.of("train", 100L),
        "small",
        seed,
        true,
        "float32",
        Map.of("batch", "16", "encoder", "resnet-small", "seed", "" + seed),
        Map.of("batch", "preset small", "encoder", "command line", "seed", "command line"),
        new ReportedRun.Cost(
            OptionalDouble.of(61),
            OptionalDouble.of(100),
            OptionalDouble.of(1 << 30),
            OptionalDouble.of(50),
            OptionalDouble.of(800),
            OptionalDouble.of(13),
            Map.of("encoder", 1000L, "all", 1500L)),
        new ReportedRun.Provenance(
            "2024-01-02T03:04:05Z",
            Map.of("juxta", "1", "tensorflow", "2", "processor", "abacus"),
            List.of(new ReportedRun.PluginJars("plug", "1", Map.of("plug.jar", "cd".repeat(32))))),
        scores,
        List.of());
  }

  /** The run on a fold. */
  static ReportedRun folded(ReportedRun run, RunFile.Folding fold) {
    return new ReportedRun(
        run.folder(),
        run.method(),
        run.label(),
        run.encoder(),
        run.data(),
        run.fingerprint(),
        Optional.of(fold),
        run.records(),
        run.preset(),
        run.seed(),
        run.done(),
        run.precision(),
        run.settings(),
        run.origins(),
        run.cost(),
        run.provenance(),
        run.scores(),
        run.curves());
  }

  static ReportedRun.Scored scored(String metric, double value, Score.Better better) {
    Score score = new Score(metric, value, Score.Unit.RATE, better, Map.of("k", "5"));
    return new ReportedRun.Scored("knn", score, Map.of("k", "5", "temperature", "0.1"), 2);
  }

  /** The run with other values; {@code null}-free: what is not changed stays. */
  static ReportedRun with(ReportedRun run, UnaryOperator<Changed> change) {
    return change.apply(Changed.of(run)).run();
  }

  /** The parts of a run that tests change. */
  record Changed(
      ReportedRun old,
      Path folder,
      String encoder,
      String data,
      String fingerprint,
      boolean done,
      String precision,
      Map<String, String> settings,
      double imagesSeen,
      Map<String, String> environment,
      String hash,
      List<ReportedRun.Scored> scores,
      List<Curve> curves) {
    static Changed of(ReportedRun run) {
      return new Changed(
          run,
          run.folder(),
          run.encoder(),
          run.data(),
          run.fingerprint(),
          run.done(),
          run.precision(),
          run.settings(),
          run.cost().imagesSeen().orElse(0),
          run.provenance().environment(),
          "cd".repeat(32),
          run.scores(),
          run.curves());
    }

    Changed folder(Path value) {
      return new Changed(
          old,
          value,
          encoder,
          data,
          fingerprint,
          done,
          precision,
          settings,
          imagesSeen,
          environment,
          hash,
          scores,
          curves);
    }

    Changed encoder(String value) {
      return new Changed(
          old,
          folder,
          value,
          data,
          fingerprint,
          done,
          precision,
          settings,
          imagesSeen,
          environment,
          hash,
          scores,
          curves);
    }

    Changed data(String name, String print) {
      return new Changed(
          old,
          folder,
          encoder,
          name,
          print,
          done,
          precision,
          settings,
          imagesSeen,
          environment,
          hash,
          scores,
          curves);
    }

    Changed running() {
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          false,
          precision,
          settings,
          imagesSeen,
          environment,
          hash,
          scores,
          curves);
    }

    Changed precision(String value) {
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          done,
          value,
          settings,
          imagesSeen,
          environment,
          hash,
          scores,
          curves);
    }

    Changed setting(String key, String value) {
      Map<String, String> all = new TreeMap<>(settings);
      all.put(key, value);
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          done,
          precision,
          all,
          imagesSeen,
          environment,
          hash,
          scores,
          curves);
    }

    Changed imagesSeen(double value) {
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          done,
          precision,
          settings,
          value,
          environment,
          hash,
          scores,
          curves);
    }

    Changed hash(String value) {
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          done,
          precision,
          settings,
          imagesSeen,
          environment,
          value,
          scores,
          curves);
    }

    Changed scores(List<ReportedRun.Scored> value) {
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          done,
          precision,
          settings,
          imagesSeen,
          environment,
          hash,
          value,
          curves);
    }

    Changed curves(List<Curve> value) {
      return new Changed(
          old,
          folder,
          encoder,
          data,
          fingerprint,
          done,
          precision,
          settings,
          imagesSeen,
          environment,
          hash,
          scores,
          value);
    }

    ReportedRun run() {
      ReportedRun.Cost cost = old.cost();
      return new ReportedRun(
          folder,
          old.method(),
          old.label(),
          encoder,
          data,
          fingerprint,
          old.fold(),
          old.records(),
          old.preset(),
          old.seed(),
          done,
          precision,
          settings,
          old.origins(),
          new ReportedRun.Cost(
              cost.seconds(),
              cost.cpuSeconds(),
              cost.peakMemory(),
              cost.steps(),
              OptionalDouble.of(imagesSeen),
              cost.imagesPerSecond(),
              cost.parameters()),
          new ReportedRun.Provenance(
              old.provenance().started(),
              environment,
              List.of(new ReportedRun.PluginJars("plug", "1", Map.of("plug.jar", hash)))),
          scores,
          curves);
    }
  }
}
