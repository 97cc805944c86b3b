package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import juxta.api.Component;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;
import juxta.launcher.plugins.PluginRegistry;
import org.apache.commons.cli.Options;

/** {@code juxta describe}. */
final class DescribeCommand implements Command {
  private final PluginRegistry registry;
  private final Terminal terminal;

  @Inject
  DescribeCommand(PluginRegistry registry, Terminal terminal) {
    this.registry = registry;
    this.terminal = terminal;
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
    return "<id>";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(Arguments arguments) {
    String id = arguments.one("id", name());
    boolean found = false;
    List<String> known = new ArrayList<>();
    for (String word : Services.words()) {
      for (Registered<?> one : Services.all(registry, word)) {
        known.add(one.id());
        if (one.id().equals(id)) {
          describe(word, one);
          found = true;
        }
      }
    }
    if (!found) {
      throw new UserException(
          "juxta describe: nothing is called '"
              + id
              + "'"
              + Nearest.among(id, new TreeSet<>(known)));
    }
    return 0;
  }

  private void describe(String word, Registered<?> one) {
    Component component = one.component();
    terminal.print(one.id() + ": " + component.summary());
    terminal.print(
        "  one of the "
            + word
            + ", from "
            + one.plugin().name()
            + " "
            + one.plugin().version()
            + " ("
            + one.plugin().location()
            + ")");
    component
        .reference()
        .ifPresent(
            r ->
                terminal.print(
                    "  " + r.authors() + ", \"" + r.title() + "\", " + r.year() + ", " + r.url()));
    if (component instanceof Method method) {
      terminal.print("  presets: " + String.join(", ", new TreeSet<>(method.presets())));
    }
    String prefix =
        switch (word) {
          case "encoders" -> "encoder.";
          case "augmentations" -> "augmentation.";
          case "losses" -> "loss.";
          case "datasets" -> "data.";
          case "evaluators" -> one.id() + ".";
          default -> "";
        };
    for (Setting<?> setting : component.settings()) {
      terminal.print(
          "  --set "
              + prefix
              + setting.key()
              + "=  "
              + setting.form()
              + (setting.range().isEmpty() ? "" : ", " + setting.range())
              + ", default "
              + setting.defaultText());
      String about =
          setting.description() + (setting.source().isEmpty() ? "" : " [" + setting.source() + "]");
      if (!about.isBlank()) {
        terminal.print("      " + about);
      }
    }
  }
}
