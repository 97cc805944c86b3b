package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.Optional;
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
          juxta serve runs/first                        then open http://127.0.0.1:8080/
          juxta serve runs/first --splits test          search among the test images only
          juxta serve runs/first --data image-folder:/data/photos

        The page searches by description, by picture, and for more images like one that it shows;
        its second part has the curves and scores of the run. A search is a link: /?q=TEXT&k=5.
        Programs can ask, too: /api/search?q=TEXT&k=5 answers in JSON.

        Nothing leaves this machine, and only programs on it can reach the page; it has no password.
        --bind 0.0.0.0 opens it to everybody in the network, and is refused without --token WORD.
        Browsers ask for the token as a password (any user name will do), programs send it as
        'Authorization: Bearer WORD'. The page is plain HTTP: on a network that others listen to, put
        a proxy with TLS before it that passes the header Host on, and leave --bind as it is.
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
                    "bind", "ADDRESS", "where to listen (default: " + LOOPBACK + ", this machine)"))
            .addOption(
                Arguments.option(
                    "token", "WORD", "what all who ask must know (12 characters or more)"));
    return SearchOptions.add(options);
  }

  @Override
  public int run(Arguments arguments) {
    String folder = arguments.one("run folder", name());
    int port = arguments.number("port", DEFAULT_PORT, name());
    String bind = arguments.get("bind").orElse(LOOPBACK);
    Optional<String> token = arguments.get("token");
    SearchServer.check(bind, token); // before hours of indexing
    try (ReopenedRun run =
            SearchOptions.reopen(arguments, folder, name(), registry, home, terminal);
        SearchedRun searched = SearchOptions.index(arguments, run, terminal);
        SearchServer server =
            SearchServer.start(
                RunFacts.of(run), searched.searcher(), bind, port, token, terminal::say)) {
      if (server.open()) {
        terminal.say(
            "warning: everybody who reaches this machine at "
                + bind
                + " and knows the token can search and see the images; who listens on the way can,"
                + " too, without a proxy that speaks TLS");
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
