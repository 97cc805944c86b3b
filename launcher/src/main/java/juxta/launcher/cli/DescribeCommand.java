package juxta.launcher.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import juxta.api.Component;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.api.Tour;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Registered;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Overrides;
import juxta.launcher.plugins.PluginRegistry;
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
    return "<id> [--data ID[:PATH]]";
  }

  @Override
  public String more() {
    return """
        Presets differ between data sets: of a method, what each preset sets is shown for --data, or
        for generated data.

        Examples:
          juxta describe simclr
          juxta describe patchmix --data cifar10:/data/cifar10
        """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(Arguments.option("data", "ID[:PATH]", "data that presets are shown for"))
        .addOption(RunOptions.set("a setting of the data, as data.side=64 (may be repeated)"));
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
          describe(word, one, arguments);
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

  private void describe(String word, Registered<?> one, Arguments arguments) {
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
      presets(method, arguments);
    }
    if (component instanceof DatasetProvider) {
      terminal.print("  see what it makes of data: juxta preview --data " + one.id() + "[:PATH]");
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

  /** What each preset sets, side by side. */
  private void presets(Method method, Arguments arguments) {
    Overrides given = Overrides.typed(arguments.settings(List.of(), name()));
    String data = arguments.get("data").or(() -> method.tour().map(Tour::data)).orElse("shapes");
    DataOpener opener = new DataOpener(registry, home.cache());
    Map<String, Map<String, String>> sets = new TreeMap<>(Comparator.comparing(this::rank));
    try (Dataset opened = opener.look(data, given, new DataProgress(terminal))) {
      DataSummary summary = DataSummary.of(opened);
      method.presets().forEach(preset -> sets.put(preset, method.preset(preset, summary)));
    } catch (UserException e) {
      if (arguments.has("data")) {
        throw e;
      }
      terminal.print("  presets: " + String.join(", ", new TreeSet<>(method.presets())));
      return;
    }
    terminal.print("  presets for " + data + ":");
    TreeSet<String> keys = new TreeSet<>();
    sets.values().forEach(set -> keys.addAll(set.keySet()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(List.of("")));
    rows.get(0).addAll(sets.keySet());
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      sets.values().forEach(set -> row.add(set.getOrDefault(key, "-")));
      rows.add(row);
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("   ");
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        line.append(' ')
            .append(row.get(column))
            .append(" ".repeat(1 + width - row.get(at).length()));
      }
      terminal.print(line.toString().stripTrailing());
    }
  }

  /** The paper's preset first. */
  private String rank(String preset) {
    return (preset.equals(Method.PAPER) ? "0" : "1") + preset;
  }
}
