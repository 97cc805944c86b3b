package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.ModelFunction;
import juxta.api.UserException;
import juxta.engine.embed.Embedded;
import juxta.engine.embed.Embedding;
import juxta.engine.embed.Form;
import juxta.engine.embed.Merge;
import juxta.engine.embed.Shard;
import juxta.engine.embed.Target;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.InitialWeights;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.run.RunSetup;
import juxta.engine.run.StartingModel;
import juxta.engine.train.FrozenModel;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.preview.Fits;
import juxta.toolkit.io.Json;
import org.apache.commons.cli.Options;

/** {@code juxta embed}. */
final class EmbedCommand implements Command {
  private static final double NANOS = 1e9;
  private static final List<String> WITHOUT_RUN = List.of("init-from", "method", "preset");

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;
  private final Stop stop;

  @Inject
  EmbedCommand(PluginRegistry registry, Terminal terminal, Home home, Stop stop) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "embed";
  }

  @Override
  public String summary() {
    return "write what a model makes of your data to a file, for NumPy and others";
  }

  @Override
  public String usage() {
    return "<run folder> --out FILE [options]";
  }

  @Override
  public String more() {
    return """
        Examples:
          juxta embed runs/simclr --out emb.npy
          juxta embed runs/simclr --data image-folder:/data/photos --out emb.csv
          juxta embed runs/simclr --function featureMap --split test --out maps.npy
          juxta embed --encoder resnet18 --init-from resnet18.safetensors --data cifar10 --out e.npy

        FILE.npy holds float32 [N, D]; beside it FILE.csv says of each row which record it is:
        row,split,id,label. FILE.csv alone has the numbers behind that, as e0,e1,...;
        FILE.safetensors has them as the tensor 'embedding'. In Python:
          x = numpy.load("emb.npy", mmap_mode="r"); names = pandas.read_csv("emb.csv")

        Rows are written as they are made. A run that was stopped or killed is in FILE.draft, and the
        same command goes on there; the file is the same, byte for byte, as that of one go.

        Many machines: each makes a part, numbered from 0, and one joins them:
          juxta embed RUN --out emb.npy --shard $SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT
                                                   sbatch --array=0-7
          juxta embed RUN --out emb.npy --shard $JOB_COMPLETION_INDEX/8
                                                   an indexed job of Kubernetes, completions: 8
          juxta embed --merge emb.npy              joins emb.0-of-8.npy to emb.7-of-8.npy
        Processors of different kinds may differ in the last bits of a number.

        --json prints one object: rows, columns, shape (of a row before it was flattened), function,
        output, seconds, files.
        """;
  }

  @Override
  public Options options() {
    return RunOptions.shared(new Options())
        .addOption(
            Arguments.option("out", "FILE", "where to: .npy, .csv or .safetensors, by the ending"))
        .addOption(Arguments.option("data", "ID[:PATH]", "data to embed (default: the run's own)"))
        .addOption(Arguments.option("split", "A,B", "only these splits (default: all)"))
        .addOption(Arguments.option("function", "NAME", "function of the model (default: embed)"))
        .addOption(
            Arguments.option(
                "output", "NAME", "which of its outputs (default: embedding, or its only one)"))
        .addOption(
            Arguments.option("shard", "I/N", "only this part of the rows, from 0/N to N-1/N"))
        .addOption(Arguments.option("merge", "FILE", "join the parts of FILE, and nothing else"))
        .addOption(Arguments.flag("force", "overwrite what is there"))
        .addOption(
            Arguments.option("encoder", "ID", "without a run: this encoder, not trained here"))
        .addOption(
            Arguments.option(
                "init-from", "FILE", "its weights: a safetensors file, or the folder of a run"))
        .addOption(
            Arguments.option(
                "method", "ID", "whose functions it has (default: simclr, or what fits the data)"))
        .addOption(Arguments.option("preset", "NAME", "of that method (default: paper)"))
        .addOption(Arguments.flag("json", "print what was written as JSON, for programs"))
        .addOption(RunOptions.set("a setting of the data, as data.side=64 (may be repeated)"));
  }

  @Override
  public int run(Arguments arguments) {
    long begun = System.nanoTime();
    Embedded done = arguments.has("merge") ? merge(arguments) : embed(arguments);
    double seconds = (System.nanoTime() - begun) / NANOS;
    if (arguments.has("json")) {
      terminal.printAll(Json.pretty(Written.of(done, seconds)));
    } else {
      terminal.print(words(done));
    }
    return Juxta.DONE;
  }

  private Embedded merge(Arguments arguments) {
    if (!arguments.positional().isEmpty() || arguments.has("out") || arguments.has("shard")) {
      throw new UserException(
          "juxta embed: --merge FILE joins the parts of FILE and takes no run, --out or --shard");
    }
    Path file = arguments.path("merge").orElseThrow();
    Form.of(file);
    return new Merge(file).write(arguments.has("force"));
  }

  private Embedded embed(Arguments arguments) {
    Path out = Path.of(arguments.require("out", name(), "--out emb.npy"));
    Form.of(out);
    Target target = new Target(out, arguments.get("shard").map(Shard::parse).orElse(Shard.WHOLE));
    if (arguments.has("encoder") && !arguments.positional().isEmpty()) {
      throw new UserException(
          "juxta embed: name the folder of a run, or --encoder without one; not both");
    }
    if (!arguments.has("encoder")) {
      WITHOUT_RUN.stream()
          .filter(arguments::has)
          .findFirst()
          .ifPresent(
              option -> {
                throw new UserException(
                    "juxta embed: --" + option + " goes with --encoder, in place of a run");
              });
    }
    Embedding.check(target, arguments.has("force"));
    return arguments.has("encoder") ? untrained(arguments, target) : trained(arguments, target);
  }

  private Embedded trained(Arguments arguments, Target target) {
    Path folder = Path.of(arguments.one("run folder", name()));
    Overrides given = RunOptions.typed(arguments, name());
    refuse(RunsOn.mistakes(given));
    try (ReopenedRun run =
        ReopenedRun.open(
            folder,
            arguments.get("data"),
            List.of(),
            given,
            registry,
            home.cache(),
            new DataProgress(terminal))) {
      if (!run.record().isDone()) {
        terminal.say("warning: the run is not finished; embedding with " + run.checkpoint());
      }
      return write(arguments, target, run.model(), run.choices(), run.data());
    }
  }

  private Embedded untrained(Arguments arguments, Target target) {
    String name = arguments.require("data", name(), "--data image-folder:/data/photos");
    Overrides given = RunOptions.typed(arguments, name());
    DatasetProvider provider =
        registry.require(DatasetProvider.class, DataOpener.id(name)).component();
    String method =
        arguments
            .get("method")
            .or(() -> Fits.natural(registry, provider.kind()).map(natural -> natural.id()))
            .orElseThrow(
                () ->
                    new UserException(
                        "juxta embed: no method takes " + provider.kind() + "; pass --method"));
    Request request = new Request(method, name, arguments.get("preset"), List.of(), given);
    List<String> problems = new ArrayList<>(new Resolver(registry).mistakes(request));
    problems.addAll(RunsOn.mistakes(given));
    refuse(problems);
    DataOpener opener = new DataOpener(registry, home.cache());
    try (Dataset data = opener.open(name, given, new DataProgress(terminal))) {
      Choices choices = new Fits(registry, name, data).choices(request);
      RunSetup setup = new RunSetup(choices, data, Path.of("."));
      Optional<InitialWeights> initial =
          arguments.path("init-from").map(from -> InitialWeights.read(from, setup, method));
      initial.ifPresentOrElse(
          weights -> terminal.say("embedding with " + weights.summary()),
          () ->
              terminal.say(
                  "warning: the weights of encoder '"
                      + choices.encoderName()
                      + "' are random; pass --init-from for trained ones"));
      return write(arguments, target, StartingModel.of(setup, initial), choices, data);
    }
  }

  private Embedded write(
      Arguments arguments, Target target, FrozenModel model, Choices choices, Dataset data) {
    stop.arm();
    Embedding.Wanted wanted =
        new Embedding.Wanted(
            arguments.get("function").orElse(ModelFunction.EMBED),
            arguments.get("output"),
            arguments.list("split"));
    return new Embedding(
            model,
            choices,
            data,
            wanted,
            new ProgressMonitor(terminal, choices.method().id()),
            terminal::say,
            stop)
        .write(target, arguments.has("force"));
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static String words(Embedded done) {
    return String.format(
        Locale.ROOT,
        "wrote %d rows of %d numbers%s to %s",
        done.rows(),
        done.columns(),
        done.shape().size() > 1 ? " (each of shape " + done.shape() + ", flattened)" : "",
        String.join(", ", done.files().stream().map(Path::toString).toList()));
  }

  /** What {@code --json} prints. */
  private record Written(
      long rows,
      long columns,
      List<Long> shape,
      String function,
      String output,
      double seconds,
      List<String> files) {
    static Written of(Embedded done, double seconds) {
      return new Written(
          done.rows(),
          done.columns(),
          done.shape(),
          done.function(),
          done.output(),
          Math.round(seconds * 10) / 10.0,
          done.files().stream().map(Path::toString).toList());
    }
  }
}
