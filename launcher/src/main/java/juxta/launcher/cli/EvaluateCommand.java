package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.Choices;
import juxta.engine.run.Fold;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.engine.run.Scoring;
import juxta.launcher.plugins.Explanation;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.report.FailedRow;
import juxta.launcher.report.Row;
import org.apache.commons.cli.Options;

/** {@code juxta evaluate}. */
final class EvaluateCommand implements Command {
  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;
  private final Stop stop;

  @Inject
  EvaluateCommand(PluginRegistry registry, Terminal terminal, Home home, Stop stop) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "score a trained run";
  }

  @Override
  public String usage() {
    return "<run folder> --evaluators ID,ID [options]";
  }

  @Override
  public String more() {
    return """
        Examples:
          juxta evaluate runs/simclr --evaluators knn,linear --set knn.k=20
          juxta evaluate runs/simclr --evaluators knn --json

        An evaluator that fails takes no other with it; the exit status is 1 then, or 2 if all that
        failed can be mended by asking for something else.

        """
        + RunOptions.JSON_ROWS
        + """
        A table is as wide as the terminal, or as COLUMNS says; elsewhere it has 100 characters.
        """;
  }

  @Override
  public Options options() {
    return RunOptions.shared(new Options())
        .addOption(Arguments.option("evaluators", "ID,ID", "what scores it (default: knn,linear)"))
        .addOption(
            Arguments.option("data", "ID[:PATH]", "data to score on (default: the run's own)"))
        .addOption(Arguments.flag("json", "print the scores as JSON, for programs"))
        .addOption(
            RunOptions.set(
                "a setting of an evaluator, as knn.k=20, or of the data (may be repeated)"));
  }

  @Override
  public int run(Arguments arguments) {
    Path folder = Path.of(arguments.one("run folder", name()));
    List<String> ids = new ArrayList<>(arguments.list("evaluators"));
    if (ids.isEmpty()) {
      ids.addAll(List.of("knn", "linear"));
    }
    Overrides given = RunOptions.typed(arguments, name());
    List<String> problems = RunsOn.mistakes(given);
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    List<Explanation> failed = new ArrayList<>();
    try (ReopenedRun run =
        ReopenedRun.open(
            folder,
            arguments.get("data"),
            ids,
            given,
            registry,
            home.cache(),
            new DataProgress(terminal))) {
      stop.arm();
      new RunsOn(terminal).remark(given);
      List<Scoring.Chosen> chosen = run.choices().evaluators();
      Scoring.check(chosen, run.data());
      String method = run.record().method();
      Choices choices = run.choices();
      if (!run.record().isDone()) {
        terminal.say("warning: the run is not finished; scoring " + run.checkpoint());
      }
      boolean others =
          arguments.get("data").isPresent()
              || given.entries().keySet().stream().anyMatch(key -> key.startsWith("data."));
      if (!others && !run.record().dataFingerprint().equals(run.data().fingerprint())) {
        terminal.say(
            "note: the data have changed since the training; scores are of what is there now");
      }
      List<String> lacks = Scoring.lacks(choices, run.data(), folder, chosen);
      if (!lacks.isEmpty()) {
        throw new UserException(lacks);
      }
      List<FailedRow> rowless = new ArrayList<>();
      List<Row> rows =
          new Scoring(new ProgressMonitor(terminal, method), stop)
                  .score(
                      run.model(),
                      run.setup(),
                      choices.helped(),
                      chosen,
                      folder,
                      (evaluator, e) -> {
                        Explanation why = registry.explain(e);
                        failed.add(why);
                        rowless.add(failed(run, Optional.of(evaluator), why));
                        terminal.say("failed: " + evaluator + ": " + why.reason());
                        why.trace().forEach(terminal::say);
                      })
                  .stream()
                  .map(
                      f ->
                          new Row(
                              method,
                              choices.encoderName(),
                              run.data().id(),
                              choices.seed(),
                              choices.fold(),
                              f.evaluator(),
                              f.score()))
                  .toList();
      new ScoresPrinter(terminal, arguments.has("json")).print(rows, rowless, Optional.empty());
    }
    ReportWriter.write(terminal, List.of(folder), folder, arguments.has("json"));
    return failed.isEmpty()
        ? Juxta.DONE
        : failed.stream().allMatch(Explanation::mistake) ? Juxta.MISTAKE : Juxta.FAULT;
  }

  private static FailedRow failed(ReopenedRun run, Optional<String> evaluator, Explanation why) {
    return new FailedRow(
        run.record().method(),
        run.choices().encoderName(),
        run.data().id(),
        run.choices().seed(),
        run.choices().fold().map(Fold::number),
        evaluator,
        why.reason());
  }
}
