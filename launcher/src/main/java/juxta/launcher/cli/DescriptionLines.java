package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import juxta.toolkit.text.ShellWords;

/** A description for people. */
final class DescriptionLines {
  private final List<String> lines = new ArrayList<>();

  private DescriptionLines() {}

  /** The lines of a description. */
  static List<String> of(Description one) {
    DescriptionLines made = new DescriptionLines();
    made.head(one);
    one.presets().ifPresent(made::presets);
    for (Description.Value setting : one.settings()) {
      made.setting(setting);
    }
    return made.lines;
  }

  private void head(Description one) {
    lines.add(one.id() + ": " + one.summary());
    lines.add(
        "  one of the "
            + one.service()
            + ", from "
            + one.plugin()
            + " "
            + one.version()
            + " ("
            + one.location()
            + ")");
    one.paper()
        .ifPresent(
            p ->
                lines.add(
                    "  " + p.authors() + ", \"" + p.title() + "\", " + p.year() + ", " + p.url()));
    boolean reader = one.service().equals("datasets");
    words(reader ? "holds" : "takes", one.kinds());
    words(one.service().equals("methods") ? "its models have" : "needs", one.functions());
    words("needs of the data", one.fields());
    if (!one.example().isEmpty()) {
      lines.add("  for example: juxta " + ShellWords.line(one.example()));
    }
  }

  private void words(String what, Set<String> words) {
    if (!words.isEmpty()) {
      lines.add("  " + what + ": " + String.join(", ", words));
    }
  }

  private void setting(Description.Value setting) {
    lines.add(
        "  --set "
            + setting.key()
            + "=  "
            + setting.type()
            + (setting.range().isEmpty() ? "" : ", " + setting.range())
            + ", default "
            + setting.otherwise());
    String about =
        setting.description() + (setting.source().isEmpty() ? "" : " [" + setting.source() + "]");
    if (!about.isBlank()) {
      lines.add("      " + about);
    }
  }

  /** What each preset sets, side by side. */
  private void presets(Description.Presets presets) {
    Map<String, Map<String, String>> sets = presets.values();
    if (presets.data().isEmpty()) {
      lines.add("  presets: " + String.join(", ", sets.keySet()));
      return;
    }
    lines.add("  presets for " + presets.data() + ":");
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
      lines.add(line.toString().stripTrailing());
    }
  }
}
