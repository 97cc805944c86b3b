package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;
import juxta.engine.cluster.Role;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.InitialWeights;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunRecord;
import juxta.engine.run.RunSetup;
import juxta.engine.run.Scoring;
import juxta.engine.run.TrainingRun;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.toolkit.text.ShellWords;
import org.apache.commons.cli.Options;

/** {@code juxta train}. */
final class TrainCommand implements Command {
  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;
  private final Stop stop;

  @Inject
  TrainCommand(PluginRegistry registry, Terminal terminal, Home home, Stop stop) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "train one method; Ctrl-C saves, --resume continues";
  }

  @Override
  public String usage() {
    return "<method> [options]";
  }

  @Override
  public String more() {
    return """
        Examples:
          juxta train simclr --preset small --out runs/simclr
          juxta train patchmix --data cifar10:/data/cifar10 --preset small --out runs/patchmix
          juxta train patchmix --resume --out runs/patchmix
          juxta train simclr --preset small --set loss.temperature=0.2 --set encoder.width=48
          juxta train simclr --devices all --out runs/simclr            all cards of this machine
          juxta train simclr --workers node2:4711,node3:4711 --out runs/simclr
        """;
  }

  @Override
  public Options options() {
    return RunOptions.add(new Options())
        .addOption(Arguments.option("seed", "N", "seed of everything that is random (default: 0)"))
        .addOption(Arguments.option("out", "DIR", "folder of the run (default: runs/<method>)"))
        .addOption(Arguments.flag("resume", "continue the run in --out exactly"))
        .addOption(
            Arguments.option(
                "init-from", "FILE", "start from the weights of a safetensors file or a run"));
  }

  @Override
  public int run(Arguments arguments) {
    String method = arguments.one("method", name());
    Optional<Role> role = Role.of(System.getenv()).filter(r -> !r.leads());
    if (role.isPresent() && arguments.get("workers").isEmpty()) {
      return WorkerCommand.follow(role.get(), arguments, () -> own(arguments, method), terminal);
    }
    Path out = arguments.path("out").orElse(Path.of("runs", method));
    boolean resume = arguments.has("resume");
    if (resume && arguments.has("init-from")) {
      throw new UserException(
          "juxta train: --resume continues a run exactly, --init-from starts a new one; pass one");
    }
    List<String> problems = new ArrayList<>();
    try {
      TrainingRun.checkFolder(out, method, resume);
    } catch (UserException e) {
      problems.addAll(e.problems());
    }
    Optional<RunRecord> before =
        resume && problems.isEmpty() ? RunRecord.read(out) : Optional.empty();
    Overrides given =
        before
            .map(RunRecord::overrides)
            .orElse(Overrides.NONE)
            .under(RunOptions.file(arguments))
            .under(RunOptions.typed(arguments, name()));
    String dataName = arguments.get("data").or(() -> before.map(RunRecord::data)).orElse("shapes");
    Request request =
        new Request(
            method,
            dataName,
            arguments.get("preset").or(() -> before.map(RunRecord::preset)),
            List.of(),
            given,
            before.isPresent());
    Resolver resolver = new Resolver(registry);
    problems.addAll(resolver.mistakes(request));
    if (!resume) {
      problems.addAll(resolver.missing(request));
    }
    problems.addAll(RunsOn.mistakes(given));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    List<String> idle = resolver.idle(request);
    if (!idle.isEmpty()) {
      terminal.say("note: without effect on a training: " + String.join(", ", idle));
    }
    DataOpener opener = new DataOpener(registry, home.cache());
    String evaluators;
    try (Dataset data = opener.open(dataName, given, new DataProgress(terminal))) {
      stop.arm();
      Choices choices = resolver.resolve(request, DataSummary.of(data));
      Optional<InitialWeights> initial =
          arguments
              .path("init-from")
              .map(from -> InitialWeights.read(from, new RunSetup(choices, data, out), method));
      RunsOn on = new RunsOn(terminal);
      on.say(choices);
      on.remark(given);
      terminal.say(Headline.of(choices, dataName, data));
      initial.ifPresent(weights -> terminal.say("starting from " + weights.summary()));
      Monitor monitor = PaperNotice.of(new ProgressMonitor(terminal, method), choices, terminal);
      new TrainingRun(registry, monitor, stop)
          .train(new TrainingRun.Job(choices, dataName, data, out, resume, initial));
      evaluators = fitting(choices, data, out);
    }
    terminal.print("trained " + method + "; the run is in " + out);
    ReportWriter.write(terminal, List.of(out), out, false);
    if (!evaluators.isEmpty()) {
      terminal.print(
          "score it: "
              + ShellWords.line(
                  List.of("juxta", "evaluate", out.toString(), "--evaluators", evaluators)));
    }
    return 0;
  }

  /** The data of the training, at a worker of it. */
  private Dataset own(Arguments arguments, String method) {
    Path out = arguments.path("out").orElse(Path.of("runs", method));
    Optional<RunRecord> before = arguments.has("resume") ? RunRecord.read(out) : Optional.empty();
    Overrides given =
        before
            .map(RunRecord::overrides)
            .orElse(Overrides.NONE)
            .under(RunOptions.file(arguments))
            .under(RunOptions.typed(arguments, name()))
            .only((key, entry) -> key.startsWith("data.")); // without a fold
    return new DataOpener(registry, home.cache())
        .open(
            arguments.get("data").or(() -> before.map(RunRecord::data)).orElse("shapes"),
            given,
            new DataProgress(terminal));
  }

  /** Evaluators that the data and the model have everything for. */
  private String fitting(Choices choices, Dataset data, Path out) {
    Set<String> functions = Scoring.functions(choices, data, out);
    return registry.all(Evaluator.class).stream()
        .filter(e -> data.splits().keySet().containsAll(e.component().splits()))
        .filter(e -> e.component().fields().stream().allMatch(data.train()::has))
        .filter(e -> functions.containsAll(e.component().functions()))
        .map(Registered::id)
        .collect(Collectors.joining(","));
  }
}
