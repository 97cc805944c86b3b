package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Overrides;
import juxta.launcher.plugins.PluginRegistry;
import juxta.toolkit.io.Json;
import org.apache.commons.cli.Options;

/** {@code juxta describe}. */
final class DescribeCommand implements Command {
  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  DescribeCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "describe";
  }

  @Override
  public String summary() {
    return "explain one of them: paper, settings, defaults and where they come from";
  }

  @Override
  public String usage() {
    return "<id> [--data ID[:PATH]] [--json]";
  }

  @Override
  public String more() {
    return """
        Presets differ between data sets: of a method, what each preset sets is shown for --data, or
        for generated data. With --json and without an id all there are are described.

        Examples:
          juxta describe simclr
          juxta describe patchmix --data cifar10:/data/cifar10
          juxta describe --json
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(Arguments.option("data", "ID[:PATH]", "data that presets are shown for"))
        .addOption(Arguments.flag("json", "as JSON, for programs"))
        .addOption(RunOptions.set("a setting of the data, as data.side=64 (may be repeated)"));
  }

  @Override
  public int run(Arguments arguments) {
    boolean json = arguments.has("json");
    Optional<String> id =
        json && arguments.positional().isEmpty()
            ? Optional.empty()
            : Optional.of(arguments.one("id", name()));
    Set<String> known = new TreeSet<>();
    List<Description> found = new ArrayList<>();
    Overrides given = Overrides.typed(arguments.settings(List.of(), name()));
    DataOpener opener = new DataOpener(registry, home.cache());
    try (Describing describing =
        new Describing(registry, opener, terminal, arguments.get("data"), given)) {
      for (String word : Services.words()) {
        for (Registered<?> one : Services.all(registry, word)) {
          known.add(one.id());
          if (id.isEmpty() || one.id().equals(id.get())) {
            found.add(describing.of(word, one));
          }
        }
      }
    }
    if (found.isEmpty() && id.isPresent()) {
      throw new UserException(
          "juxta describe: nothing is called '" + id.get() + "'" + Nearest.among(id.get(), known));
    }
    if (json) {
      terminal.printAll(Json.pretty(found));
    } else {
      found.forEach(one -> DescriptionLines.of(one).forEach(terminal::print));
    }
    return 0;
  }
}
