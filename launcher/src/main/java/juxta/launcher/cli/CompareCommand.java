package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Method;
import juxta.api.UserException;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Fold;
import juxta.engine.run.Folded;
import juxta.engine.run.FolderLock;
import juxta.engine.run.InitialWeights;
import juxta.engine.run.Origin;
import juxta.engine.run.Overrides;
import juxta.engine.run.Probes;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSettings;
import juxta.engine.run.RunSetup;
import juxta.engine.run.Scoring;
import juxta.engine.train.ComponentFault;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.report.FailedRow;
import juxta.launcher.report.ScoreGrid;
import juxta.launcher.run.Comparing;
import juxta.launcher.run.References;
import juxta.launcher.run.SideBySide;
import org.apache.commons.cli.Options;

/** {@code juxta compare}. */
final class CompareCommand implements Command {
  /** What is the same for all methods that have it. */
  private static final List<String> BUDGET = List.of("epochs", "iterations", "batch");

  private static final int MOST_JOBS = 1024;

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;
  private final Stop stop;

  @Inject
  CompareCommand(PluginRegistry registry, Terminal terminal, Home home, Stop stop) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "train several methods under one budget and score them side by side";
  }

  @Override
  public String usage() {
    return "--methods ID,ID [options]";
  }

  @Override
  public String more() {
    return """
        Every method gets the same data, epochs and batch: those of the first method's preset, if
        --epochs and --batch are not given. Each method keeps the encoder of its preset unless
        --encoder is given; the table shows it. The rows 'pixels' and 'untrained' are added for
        reference. A comparison that was stopped goes on when it is started again with --resume.
        A row that cannot be trained or scored takes no other with it: the table and the report say
        why, --resume tries it again, and the exit status is 1, or 2 if all of it can be mended by
        asking for something else.
        A setting of one method only: --set patchmix.images-mixed=3.
        With --folds 5 all training and test records are dealt out to five folds, whole patients,
        areas or objects where the data name them, and each method is trained five times, each time
        tested on another fold: few data are used whole, and every record is tested once.
        With --jobs 4 four runs are trained and scored at once, in processes of their own, each with
        a quarter of the cores or with --threads of them, for machines with more cores than a small
        network keeps busy; on two cores it is no faster. It takes the memory of four, and gives
        what the same --threads give one after the other.
        With --init-from the row 'untrained' shows what its weights give as they are.

        Example:
          juxta compare --methods simclr,spps --data shapes --evaluators knn,linear \\
                --preset small --out runs/first

        """
        + RunOptions.JSON_ROWS
        + """
        A table is as wide as the terminal, or as COLUMNS says; elsewhere it has 100 characters. A
        run that fails does not stop the others.
        """;
  }

  @Override
  public Options options() {
    return RunOptions.add(new Options())
        .addOption(Arguments.option("methods", "ID,ID", "the methods; the first is the baseline"))
        .addOption(
            Arguments.option("evaluators", "ID,ID", "what scores them (default: knn,linear)"))
        .addOption(
            Arguments.option("seeds", "N", "runs of each method, seeds 0 to N-1 (default: 1)"))
        .addOption(
            Arguments.option(
                "jobs", "N", "runs at once, each with its part of the cores (default: 1)"))
        .addOption(
            Arguments.option(
                "folds", "N", "train each on all but one of N folds of the data, N times"))
        .addOption(
            Arguments.option(
                "init-from",
                "FILE",
                "start every encoder from the weights of a safetensors file or a run"))
        .addOption(Arguments.option("out", "DIR", "folder of all runs (default: runs/compare)"))
        .addOption(Arguments.flag("json", "print the scores as JSON, for programs"))
        .addOption(Arguments.flag("no-reference", "leave out the rows pixels and untrained"))
        .addOption(Arguments.flag("resume", "go on with the comparison in --out"));
  }

  @Override
  public int run(Arguments arguments) {
    List<String> methods = new ArrayList<>(new LinkedHashSet<>(arguments.list("methods")));
    if (methods.isEmpty()) {
      throw new UserException(
          "juxta compare: --methods is missing, for example --methods simclr,spps");
    }
    List<String> ids = new ArrayList<>(arguments.list("evaluators"));
    if (ids.isEmpty()) {
      ids.addAll(List.of("knn", "linear"));
    }
    int jobs = jobs(arguments);
    Overrides values =
        shared(jobs, RunOptions.file(arguments).under(RunOptions.typed(arguments, name())));
    String dataName = arguments.get("data").orElse("shapes");
    List<Request> requests = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Resolver resolver = new Resolver(registry);
    for (String method : methods) {
      Request request =
          new Request(
              method,
              dataName,
              arguments.get("preset"),
              ids,
              used(method, MethodKeys.of(method, methods, values)));
      requests.add(request);
      problems.addAll(resolver.mistakes(request));
      if (!arguments.has("resume")) {
        problems.addAll(resolver.missing(request));
      }
    }
    problems.addAll(RunsOn.mistakes(values));
    if (jobs > 1 && problems.isEmpty()) {
      problems.addAll(RunsOn.indivisible(values));
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems.stream().distinct().toList());
    }
    int seeds = arguments.number("seeds", 1, name());
    if (seeds < 1) {
      throw new UserException("juxta compare: --seeds takes 1 or more, not " + seeds);
    }
    int folds = folds(arguments, values);
    Path out = arguments.path("out").orElse(Path.of("runs", "compare"));
    if (Branch.number().isEmpty()) {
      FolderLock.inUse(out)
          .ifPresent(
              line -> {
                throw new UserException(line);
              });
    }
    DataOpener opener = new DataOpener(registry, home.cache());
    Comparing.Result result;
    try (Dataset whole = opener.open(dataName, values, new DataProgress(terminal))) {
      stop.arm();
      List<? extends Dataset> parts = folds == 0 ? List.of(whole) : Folded.all(whole, folds);
      Dataset data = // what fits the smallest fits all
          parts.stream().min(Comparator.comparingInt(part -> part.train().size())).orElseThrow();
      List<Choices> trained = resolve(requests, data);
      List<Scoring.Chosen> evaluators = trained.get(0).evaluators();
      Scoring.check(evaluators, data);
      List<String> lacks =
          trained.stream().flatMap(c -> lacks(c, data, out, evaluators).stream()).toList();
      if (!lacks.isEmpty()) {
        throw new UserException(lacks);
      }
      probes(trained, data, out);
      arguments.path("init-from").ifPresent(from -> start(from, trained, data, out));
      List<Choices> all = new ArrayList<>();
      if (!arguments.has("no-reference")) {
        all.addAll(new References(registry).beside(methods, trained, dataName, data, evaluators));
      }
      all.addAll(trained);
      RunsOn on = new RunsOn(terminal);
      if (Branch.number().isPresent()) {
        Branch.endWithInput();
      } else {
        on.remark(values);
        if (jobs > 1) { // once, not by each run
          trained.stream().filter(Choices::trains).findFirst().ifPresent(on::say);
        }
      }
      Comparing comparing =
          new Comparing(
              registry,
              stop,
              new Comparing.Watch() {
                @Override
                public Monitor next(String place, Choices job, Dataset part) {
                  if (jobs == 1) {
                    on.say(job);
                  }
                  terminal.say("[" + place + "] " + Headline.of(job, dataName, part));
                  return new ProgressMonitor(terminal, job.method().id());
                }

                @Override
                public Monitor training(Monitor monitor, Choices job) {
                  return PaperNotice.of(monitor, job, terminal);
                }

                @Override
                public void failed(FailedRow row, List<String> trace) {
                  terminal.say("failed: " + row.words());
                  trace.forEach(terminal::say);
                }
              });
      ScoreGrid.Line baseline = new ScoreGrid.Line(methods.get(0), trained.get(0).encoderName());
      Comparing.Job job =
          new Comparing.Job(
              all,
              dataName,
              parts,
              evaluators,
              seeds,
              out,
              arguments.has("resume"),
              baseline,
              arguments.path("init-from"),
              again(arguments));
      if (Branch.number().isPresent()) {
        terminal.print(SideBySide.line(comparing.only(job, Branch.number().get())));
        return Juxta.DONE;
      }
      result = jobs == 1 ? comparing.run(job) : comparing.run(job, processes(jobs, job, arguments));
      boolean json = arguments.has("json");
      ScoresPrinter printer = new ScoresPrinter(terminal, json);
      printer.note("");
      printer.print(result.rows(), result.failed(), Optional.of(baseline));
      if (!json) { // else it was said when it happened
        result.failed().forEach(row -> printer.note("failed: " + row.words()));
      }
      budget(trained).forEach(printer::note);
      printer.note("runs and results.csv are in " + out);
      ReportWriter.write(terminal, List.of(out), out, json);
    }
    return result.failed().isEmpty() ? Juxta.DONE : result.mistakes() ? Juxta.MISTAKE : Juxta.FAULT;
  }

  /** How many runs are to be carried out at once. */
  private int jobs(Arguments arguments) {
    int jobs = arguments.number("jobs", 1, name());
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new UserException(
          "juxta compare: --jobs takes 1 to " + MOST_JOBS + ", not " + arguments.get("jobs").get());
    }
    return jobs;
  }

  /** With a part of the cores for each of several runs, unless their threads were given. */
  private static Overrides shared(int jobs, Overrides values) {
    String key = RunSettings.THREADS.key();
    return jobs == 1 || values.text(key).isPresent()
        ? values
        : Overrides.of(Origin.COMPARISON, Map.of(key, Integer.toString(threads(jobs))))
            .under(values);
  }

  private static int threads(int jobs) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
  }

  private SideBySide processes(int jobs, Comparing.Job job, Arguments arguments) {
    List<String> words = new ArrayList<>(List.of(name()));
    words.addAll(arguments.words());
    BranchLines lines = new BranchLines(terminal, job.size());
    return new SideBySide(jobs, number -> Branch.start(number, words), lines);
  }

  /** How many folds were asked for, 0 for none. */
  private int folds(Arguments arguments, Overrides values) {
    int folds = arguments.number("folds", 0, name());
    if (arguments.has("folds") && folds < Fold.FEWEST) {
      throw new UserException("juxta compare: --folds takes 2 or more, not " + folds);
    }
    if (folds > 0 && values.text("fold").isPresent()) {
      throw new UserException(
          "juxta compare: --folds tests every fold, fold one of them; leave one of the two out");
    }
    return folds;
  }

  /** Checks what --probe needs; a method that fails here fails in its row. */
  private void probes(List<Choices> trained, Dataset data, Path out) {
    List<String> lacks = new ArrayList<>();
    for (Choices choices : trained) {
      try {
        Probes.check(registry, choices, data, out);
      } catch (UserException e) {
        lacks.addAll(e.problems());
      } catch (ComponentFault | LinkageError e) {
        continue;
      }
    }
    if (!lacks.isEmpty()) {
      throw new UserException(lacks.stream().distinct().toList());
    }
  }

  /** Checks that the encoders can start from what was named. */
  private static void start(Path from, List<Choices> trained, Dataset data, Path out) {
    List<String> problems = new ArrayList<>();
    for (Choices choices : trained) {
      if (choices.encoder().isPresent()) {
        try {
          InitialWeights.read(from, new RunSetup(choices, data, out), choices.method().id());
        } catch (UserException e) {
          problems.addAll(e.problems());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems.stream().distinct().toList());
    }
  }

  /** What evaluators need that the models will lack; a method that fails here fails in its row. */
  private static List<String> lacks(
      Choices choices, Dataset data, Path out, List<Scoring.Chosen> evaluators) {
    try {
      return Scoring.lacks(choices, data, out, evaluators);
    } catch (ComponentFault | LinkageError e) {
      return List.of();
    }
  }

  /** The words that make this comparison again. */
  private List<String> again(Arguments arguments) {
    List<String> words = new ArrayList<>(List.of("juxta", name()));
    arguments.words().stream().filter(w -> !w.equals("--resume")).forEach(words::add);
    return words;
  }

  /** Without what another method of the comparison is meant by. */
  private Overrides used(String method, Overrides values) {
    boolean encodes =
        registry.find(Method.class, method).map(m -> m.component().usesEncoder()).orElse(true);
    return encodes
        ? values
        : values.only((key, entry) -> !key.matches("(encoder|augmentation)(\\..*)?"));
  }

  /** Every method with the budget of the first that trains. */
  private List<Choices> resolve(List<Request> requests, Dataset data) {
    Resolver resolver = new Resolver(registry);
    DataSummary summary = DataSummary.of(data);
    List<Choices> resolved = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, String> budget = new LinkedHashMap<>();
    for (Request request : requests) {
      try {
        Choices alone = resolver.resolve(request, summary);
        Map<String, String> equal = new LinkedHashMap<>();
        for (String key : BUDGET) {
          Optional<String> own = alone.text(key).filter(text -> trains(alone));
          own.ifPresent(text -> equal.put(key, budget.computeIfAbsent(key, k -> text)));
        }
        Overrides same = Overrides.of(Origin.COMPARISON, equal).under(request.given());
        resolved.add(
            resolver.resolve(
                new Request(
                    request.method(), request.data(), request.preset(), request.evaluators(), same),
                summary));
      } catch (UserException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems.stream().distinct().toList());
    }
    return resolved;
  }

  /** Whether a budget means anything: not for raw pixels, nor for networks as they are. */
  private static boolean trains(Choices choices) {
    return choices.method().component().usesEncoder()
        && choices.text("epochs").filter("0"::equals).isEmpty();
  }

  private static List<String> budget(List<Choices> trained) {
    List<String> lines = new ArrayList<>();
    for (Choices c : trained) {
      if (c.encoder().isPresent()) {
        lines.add(
            c.method().id()
                + ": "
                + c.budget()
                + ", batch "
                + c.batch()
                + ", "
                + c.precision()
                + ", augmentation "
                + c.augmentation().map(a -> a.id()).orElse("-"));
      }
    }
    return lines;
  }
}
