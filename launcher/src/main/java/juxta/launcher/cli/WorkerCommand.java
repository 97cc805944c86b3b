package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.engine.cluster.Lending;
import juxta.engine.cluster.Notice;
import juxta.engine.cluster.Role;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Folded;
import juxta.engine.run.Overrides;
import juxta.engine.run.RunSettings;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;
import juxta.engine.train.RecordService;
import juxta.launcher.plugins.PluginRegistry;
import org.apache.commons.cli.Options;

/** {@code juxta worker}. */
final class WorkerCommand implements Command {
  private static final String LOOPBACK = "127.0.0.1";

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  WorkerCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public String summary() {
    return "lend this machine's devices to a training elsewhere";
  }

  @Override
  public String usage() {
    return "--port N [options]";
  }

  @Override
  public String more() {
    return """
        On two machines of a private network:
          node2$ juxta worker --port 4711 --listen 10.0.0.2
          node1$ juxta train simclr --workers 10.0.0.2:4711 --out runs/simclr

        A worker needs neither the data nor the run's folder: the leader sends it its part of each
        batch. With --data, and --set data.KEY=VALUE as the training has it, it reads its part from
        data that this machine has, and the records do not pass over the network:
          node2$ juxta worker --port 4711 --listen 10.0.0.2 --data cifar10:/data/cifar10
        A training on other data refuses it then.

        A worker works for one training after the other until it is ended. Whoever reaches its port
        can compute on it and see what is computed, for TensorFlow's protocol has neither passwords
        nor encryption: listen only on an address of a network whose users you trust.
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(Arguments.option("port", "N", "port to listen on"))
        .addOption(
            Arguments.option(
                "listen", "ADDRESS", "where to listen (default: " + LOOPBACK + ", this machine)"))
        .addOption(
            Arguments.option(
                "data", "ID[:PATH]", "data of trainings, if this machine has them (default: none)"))
        .addOption(RunOptions.set("a setting of the data, data.KEY=VALUE (may be repeated)"))
        .addOption(
            Arguments.option(
                "devices", "D,…", "what to lend: cpu, all, or gpu:0,gpu:1 (default: all)"))
        .addOption(
            Arguments.option(
                "threads", "N", RunSettings.THREADS.description() + " (default: one a core)"));
  }

  @Override
  public int run(Arguments arguments) {
    if (!arguments.positional().isEmpty()) {
      throw new UserException(
          "juxta worker: takes no '"
              + arguments.positional().get(0)
              + "'; see 'juxta worker --help'");
    }
    arguments.require("port", name(), "--port 4711");
    int port = arguments.number("port", 0, name());
    if (port < 1 || port > 65_535) {
      throw new UserException("juxta worker: --port takes 1 to 65535, not " + port);
    }
    Placement placement = placement(arguments);
    Optional<Dataset> data = data(arguments);
    Lending lending =
        Lending.start(
            arguments.get("listen").orElse(LOOPBACK),
            port,
            placement.here(Precision.FLOAT32),
            data.isPresent());
    data.ifPresent(d -> RecordService.start(lending.address(), d, Folded::of, true));
    Team team = placement.team();
    int devices = team.devices().size();
    terminal.print(
        "lending "
            + (devices > 1 ? devices + " times " : "")
            + team.first().description()
            + " at "
            + lending.address()
            + data.map(d -> ", with data " + d.id() + " (" + Notice.brief(d.fingerprint()) + ")")
                .orElse("")
            + "; Ctrl-C ends it");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** The data that this machine has. */
  private Optional<Dataset> data(Arguments arguments) {
    Overrides given = Overrides.typed(arguments.settings(List.of(), name()));
    List<String> others =
        given.texts().keySet().stream()
            .filter(key -> arguments.get("data").isEmpty() || !key.startsWith("data."))
            .toList();
    if (!others.isEmpty()) {
      throw new UserException(
          "juxta worker: --set takes settings of the data that --data names, data.KEY=VALUE, not "
              + String.join(", ", others));
    }
    DataOpener opener = new DataOpener(registry, home.cache());
    return arguments.get("data").map(name -> opener.open(name, given, new DataProgress(terminal)));
  }

  /** What this machine lends. */
  private static Placement placement(Arguments arguments) {
    String words = arguments.get("devices").orElse("all");
    Devices here = Devices.here();
    Team team =
        words.equals("cpu")
            ? new Team(List.of(here.choose(new DeviceChoice.Cpu())))
            : Team.of(words, here);
    return Placement.of(team, arguments.number("threads", 0, "worker"));
  }

  /**
   * Works for the process that leads, where all were started with the words of a training, with
   * data of its own if they are there.
   */
  static int follow(Role role, Arguments arguments, Supplier<Dataset> data, Terminal terminal) {
    Lending.follow(
        role,
        placement(arguments).here(Precision.FLOAT32),
        lending -> offer(lending, data, terminal),
        terminal::say);
    return 0;
  }

  /** Opens the data while the leader opens its own, or waits for this. */
  private static void offer(Lending lending, Supplier<Dataset> data, Terminal terminal) {
    Thread thread =
        new Thread(
            () -> {
              try {
                RecordService.start(lending.address(), data.get(), Folded::of, false);
              } catch (RuntimeException | Error e) {
                String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                terminal.say("no data here: " + why + "; fed by the leader");
                RecordService.decline(lending.address(), why);
              }
            },
            "juxta-data");
    thread.setDaemon(true);
    thread.start();
  }
}
