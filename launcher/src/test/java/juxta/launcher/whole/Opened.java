package juxta.launcher.whole;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.search.SearchedRun;
import juxta.launcher.serve.RunFacts;
import juxta.launcher.serve.SearchServer;

/** The page of a trained run, served in this process. */
final class Opened implements AutoCloseable {
  private final ReopenedRun run;
  private final SearchedRun searched;
  private final SearchServer server;
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

  Opened(Shell shell, Path folder) {
    PluginRegistry registry =
        PluginRegistry.load(shell.plugins(), shell.plugins().resolveSibling("plugins.lock"));
    Path cache = shell.plugins().resolveSibling("cache");
    run =
        ReopenedRun.open(
            folder,
            Optional.empty(),
            List.of(),
            Overrides.NONE,
            registry,
            cache,
            (what, share) -> {});
    searched = SearchedRun.open(run, List.of(), Optional.empty(), Monitor.SILENT, line -> {});
    server =
        SearchServer.start(
            RunFacts.of(run), searched.searcher(), "127.0.0.1", 0, Optional.empty(), faults::add);
  }

  String address() {
    return server.address();
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    server.close();
    searched.close();
    run.close();
  }
}
