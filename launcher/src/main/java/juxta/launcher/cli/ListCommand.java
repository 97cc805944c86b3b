package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;
import juxta.launcher.plugins.PluginRegistry;
import juxta.toolkit.io.Json;
import org.apache.commons.cli.Options;

/** {@code juxta list}. */
final class ListCommand implements Command {
  private final PluginRegistry registry;
  private final Terminal terminal;

  @Inject
  ListCommand(PluginRegistry registry, Terminal terminal) {
    this.registry = registry;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "list";
  }

  @Override
  public String summary() {
    return "show the methods, encoders, augmentations, losses, evaluators and data sets";
  }

  @Override
  public String usage() {
    return "[" + String.join("|", Services.words()) + "] [--json]";
  }

  @Override
  public Options options() {
    return new Options().addOption(Arguments.flag("json", "as JSON, for programs"));
  }

  @Override
  public int run(Arguments arguments) {
    List<String> words =
        arguments.positional().isEmpty() ? Services.words() : arguments.positional();
    for (String word : words) {
      if (Services.of(word).isEmpty()) {
        throw new UserException(
            "juxta list: no '" + word + "'" + Nearest.among(word, Services.words()));
      }
    }
    if (arguments.has("json")) {
      json(words);
    } else {
      words.forEach(this::table);
    }
    return 0;
  }

  private void table(String word) {
    List<Registered<?>> all = Services.all(registry, word);
    int width = all.stream().mapToInt(r -> r.id().length()).max().orElse(0);
    terminal.print(word + (all.isEmpty() ? ": none" : ""));
    for (Registered<?> one : all) {
      Set<String> kinds = Services.kinds(one.component());
      terminal.print(
          "  "
              + one.id()
              + " ".repeat(width - one.id().length())
              + "  "
              + one.component().summary()
              + (kinds.isEmpty() ? "" : " [" + String.join(", ", kinds) + "]")
              + "  ("
              + one.plugin().name()
              + " "
              + one.plugin().version()
              + ")");
    }
  }

  private record Listed(
      String id,
      String summary,
      Set<String> kinds,
      String plugin,
      String version,
      String location) {
    static Listed of(Registered<?> one) {
      return new Listed(
          one.id(),
          one.component().summary(),
          Services.kinds(one.component()),
          one.plugin().name(),
          one.plugin().version(),
          one.plugin().location().toString());
    }
  }

  private void json(List<String> words) {
    Map<String, List<Listed>> all = new LinkedHashMap<>();
    words.forEach(
        word -> all.put(word, Services.all(registry, word).stream().map(Listed::of).toList()));
    terminal.printAll(Json.pretty(all));
  }
}
