package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Plugin;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.plugins.PluginState;
import juxta.launcher.plugins.PluginTrust;
import juxta.toolkit.io.Json;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code juxta plugins}. */
final class PluginsCommand implements Command {
  /** Which options belong to which word. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "", Set.of("json"),
          "trust", Set.of(),
          "install", Set.of("yes", "sha256", "max-mb"),
          "update", Set.of("yes", "sha256", "max-mb", "to"),
          "remove", Set.of("yes"));

  private final PluginRegistry registry;
  private final Terminal terminal;
  private final Home home;

  @Inject
  PluginsCommand(PluginRegistry registry, Terminal terminal, Home home) {
    this.registry = registry;
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  public String name() {
    return "plugins";
  }

  @Override
  public String summary() {
    return "show the plug-ins; install, update, remove one, or trust one that changed";
  }

  @Override
  public String usage() {
    return "[--json] | install FILE|URL|GROUP:ARTIFACT:VERSION | update [NAME...] | remove NAME |"
        + " trust NAME";
  }

  @Override
  public String more() {
    return """
        A plug-in is one jar in %s, or a folder there with a jar and
        the libraries that only it needs. %s records what was trusted.

          juxta plugins install plugin-mine-1.0.jar              a jar, or a zip of a folder
          juxta plugins install https://example.org/mine.zip     with mine.zip.sha256 beside it, or --sha256
          juxta plugins install org.example:plugin-mine:1.0      with its libraries, from the repositories
                                                                 of ~/.m2/settings.xml and Maven Central
          juxta plugins update plugin-mine --to 1.2              from where it was installed; newest without --to
          juxta plugins remove plugin-mine

        What comes is shown with its services, files and hashes before any of its code runs, and you are
        asked; --yes is your answer for scripts. It is then loaded in a process of its own, and lies in the
        folder only if that went well. TensorFlow and Juxta's own modules are never taken from elsewhere.
        An author declares the versions of juxta.api that a plug-in works with in its jar's manifest:
        Juxta-Api: [0.1,0.2)
        """
        .formatted(home.plugins(), home.lock());
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(Arguments.flag("json", "states, versions, hashes and sources, for programs"))
        .addOption(Arguments.flag("yes", "install, update, remove: agree beforehand"))
        .addOption(Arguments.option("sha256", "HEX", "install, update: what the file must be"))
        .addOption(Arguments.option("to", "VERSION", "update: this version, for coordinates"))
        .addOption(Arguments.option("max-mb", "N", "install, update: largest download (1024)"));
  }

  @Override
  public int run(Arguments arguments) {
    List<String> words = arguments.positional();
    String word = words.isEmpty() ? "" : words.get(0);
    requireFitting(word, arguments);
    PluginChanges changes = new PluginChanges(registry, terminal, home, arguments);
    switch (word) {
      case "" -> show(arguments.has("json"));
      case "trust" ->
          PluginTrust.trust(home.plugins(), home.lock(), one(words, "NAME"))
              .forEach(jar -> terminal.print("trusted " + jar));
      case "install" -> changes.install(one(words, "FILE, URL or GROUP:ARTIFACT:VERSION"));
      case "update" -> changes.update(words.subList(1, words.size()));
      case "remove" -> changes.remove(one(words, "NAME"));
      default ->
          throw new UserException(
              "juxta plugins: expected nothing, or install, update, remove or trust, got '"
                  + String.join(" ", words)
                  + "'"
                  + Nearest.hint(word, List.copyOf(OPTIONS.keySet())));
    }
    return 0;
  }

  private static String one(List<String> words, String what) {
    if (words.size() != 2) {
      throw new UserException(
          "juxta plugins %s: expected one %s, got %s"
              .formatted(
                  words.get(0),
                  what,
                  words.size() == 1
                      ? "none"
                      : "'" + String.join(" ", words.subList(1, words.size())) + "'"));
    }
    return words.get(1);
  }

  private void requireFitting(String word, Arguments arguments) {
    Set<String> fitting = OPTIONS.getOrDefault(word, Set.of());
    for (Option option : options().getOptions()) {
      String name = option.getLongOpt();
      if (arguments.has(name) && OPTIONS.containsKey(word) && !fitting.contains(name)) {
        throw new UserException(
            ("juxta plugins " + word).strip()
                + ": --"
                + name
                + " does not belong here; see 'juxta plugins --help'");
      }
    }
  }

  /**
   * For programs.
   *
   * @param api version of the api that is here
   * @param folder the plug-in folder
   * @param plugins what lies there
   */
  record All(String api, String folder, List<PluginState> plugins) {}

  private void show(boolean json) {
    if (json) {
      All all = new All(registry.api(), home.plugins().toString(), registry.states(home.lock()));
      terminal.printAll(Json.pretty(all));
      return;
    }
    for (Plugin plugin : registry.plugins()) {
      terminal.print(plugin.name() + " " + plugin.version() + "  " + plugin.location());
      plugin
          .components()
          .forEach((kind, ids) -> terminal.print("  " + kind + ": " + String.join(", ", ids)));
    }
    for (Fault fault : registry.faults()) {
      terminal.print("not loaded: " + fault);
    }
  }
}
