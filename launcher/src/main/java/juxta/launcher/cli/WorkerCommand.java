package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import juxta.api.UserException;
import juxta.engine.cluster.Lending;
import juxta.engine.cluster.Role;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.engine.run.RunSettings;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;
import org.apache.commons.cli.Options;

/** {@code juxta worker}. */
final class WorkerCommand implements Command {
  private static final String LOOPBACK = "127.0.0.1";

  private final Terminal terminal;

  @Inject
  WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
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

        A worker needs neither the data nor the run's folder; it works for one training after the
        other until it is ended. Whoever reaches its port can compute on it and see what is computed,
        for TensorFlow's protocol has neither passwords nor encryption: listen only on an address of
        a network whose users you trust.
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
    Lending lending =
        Lending.start(
            arguments.get("listen").orElse(LOOPBACK), port, placement.here(Precision.FLOAT32));
    Team team = placement.team();
    int devices = team.devices().size();
    terminal.print(
        "lending "
            + (devices > 1 ? devices + " times " : "")
            + team.first().description()
            + " at "
            + lending.address()
            + "; Ctrl-C ends it");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
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

  /** Works for the process that leads, where all were started with the words of a training. */
  static int follow(Role role, Arguments arguments, Terminal terminal) {
    Lending.follow(role, placement(arguments).here(Precision.FLOAT32), terminal::say);
    return 0;
  }
}
