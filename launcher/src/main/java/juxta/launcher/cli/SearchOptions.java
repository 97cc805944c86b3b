package juxta.launcher.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.engine.run.Overrides;
import juxta.engine.run.ReopenedRun;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.search.SearchedRun;
import org.apache.commons.cli.Options;

/** What {@code search} and {@code serve} have in common: a run, images and an index of them. */
final class SearchOptions {
  private SearchOptions() {}

  static Options add(Options options) {
    return options
        .addOption(
            Arguments.option(
                "data", "ID[:PATH]", "images to search in (default: those of the run)"))
        .addOption(Arguments.option("splits", "A,B", "only these splits (default: all)"))
        .addOption(
            Arguments.option(
                "index", "KIND", "exact, hnsw (for millions), or jdbc:postgresql://host/database"))
        .addOption(RunOptions.set("a setting of the data, as data.size=224 (may be repeated)"));
  }

  static ReopenedRun reopen(
      Arguments arguments,
      String folder,
      String command,
      PluginRegistry registry,
      Home home,
      Terminal terminal) {
    System.setProperty("java.awt.headless", "true"); // pictures are decoded, no window is opened
    Overrides given = Overrides.typed(arguments.settings(List.of(), command));
    ReopenedRun run =
        ReopenedRun.open(
            Path.of(folder),
            arguments.get("data"),
            List.of(),
            given,
            registry,
            home.cache(),
            new DataProgress(terminal));
    if (!run.record().isDone()) {
      terminal.say("warning: the run is not finished; searching with " + run.checkpoint());
    }
    return run;
  }

  static SearchedRun index(Arguments arguments, ReopenedRun run, Terminal terminal) {
    Optional<String> kind = arguments.get("index");
    return SearchedRun.open(
        run,
        arguments.list("splits"),
        kind,
        new ProgressMonitor(terminal, run.record().method()),
        terminal::say);
  }
}
