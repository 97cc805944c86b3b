package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.List;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Plugin;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.plugins.PluginTrust;
import org.apache.commons.cli.Options;

/** {@code juxta plugins}. */
final class PluginsCommand implements Command {
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
    return "show the plug-ins, or trust one that changed";
  }

  @Override
  public String usage() {
    return "[trust NAME]";
  }

  @Override
  public String more() {
    return "A plug-in is one jar in "
        + home.plugins()
        + ", or a folder there with a jar and\nthe libraries that only it needs. "
        + home.lock()
        + " records what was trusted.\n";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(Arguments arguments) {
    List<String> words = arguments.positional();
    if (words.size() == 2 && words.get(0).equals("trust")) {
      PluginTrust.trust(home.plugins(), home.lock(), words.get(1))
          .forEach(jar -> terminal.print("trusted " + jar));
      return 0;
    }
    if (!words.isEmpty()) {
      throw new UserException(
          "juxta plugins: expected nothing or 'trust NAME', got '" + String.join(" ", words) + "'");
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
    return 0;
  }
}
