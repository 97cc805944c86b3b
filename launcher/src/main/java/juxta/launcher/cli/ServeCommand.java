package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import juxta.api.UserException;
import juxta.engine.run.ReopenedRun;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.search.SearchedRun;
import juxta.launcher.serve.RunFacts;
import juxta.launcher.serve.SearchServer;
import org.apache.commons.cli.Options;

/** {@code juxta serve}. */
final class ServeCommand implements Command {
  private static final int DEFAULT_PORT = 8080;
  private static final String LOOPBACK = "127.0.0.1";

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  ServeCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "search in a browser, on this machine";
  }

  @Override
  public String usage() {
    return "<run folder> [options]";
  }

  @Override
  public String more() {
    return """
        Examples:
          juxta serve runs/claires                      then open http://127.0.0.1:8080/
          juxta serve runs/claires --splits test        search among the test images only
          juxta serve runs/claires --data image-text:/data/films

        The page searches by description, by picture, and for more images like one that it shows;
        its second part has the curves and scores of the run. Nothing leaves this machine, and only
        programs on it can reach the page. --bind 0.0.0.0 opens it to everybody in the network:
        there is no password. Programs can ask, too: /api/search?q=TEXT&k=5 answers in JSON.
        The first start embeds all images and keeps the result in the folder of the run.
        """;
  }

  @Override
  public Options options() {
    Options options =
        new Options()
            .addOption(
                Arguments.option(
                    "port", "N", "port, 0 for any that is free (default: " + DEFAULT_PORT + ")"))
            .addOption(
                Arguments.option(
                    "bind",
                    "ADDRESS",
                    "where to listen (default: " + LOOPBACK + ", this machine)"));
    return SearchOptions.add(options);
  }

  @Override
  public int run(Arguments arguments) {
    String folder = arguments.one("run folder", name());
    int port = arguments.number("port", DEFAULT_PORT, name());
    String bind = arguments.get("bind").orElse(LOOPBACK);
    try (ReopenedRun run =
            SearchOptions.reopen(arguments, folder, name(), registry, home, terminal);
        SearchedRun searched = SearchOptions.index(arguments, run, terminal);
        SearchServer server =
            SearchServer.start(RunFacts.of(run), searched.searcher(), bind, port, terminal::say)) {
      if (server.open()) {
        terminal.say(
            "warning: everybody who reaches this machine at "
                + bind
                + " can search and see the images; there is no password");
      }
      terminal.print(
          "searching "
              + searched.searcher().gallery().cards().size()
              + " images at "
              + server.address());
      terminal.say("Ctrl-C ends it");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("stopped", e);
    }
    return 0;
  }
}
