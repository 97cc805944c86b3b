package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import juxta.engine.run.Origin;

/** The settings of a section's lines side by side; where a line's runs differ, all are named. */
final class SettingsSheet {
  static final String READING =
      "* given on the command line or in a file; the others are those of the preset, and what is not"
          + " listed has the default of the plug-in.";

  private SettingsSheet() {}

  static Sheet of(Section section) {
    Map<ScoreGrid.Line, List<ReportedRun>> lines = section.lines();
    TreeSet<String> keys = new TreeSet<>();
    section.runs().forEach(run -> keys.addAll(run.essentials().keySet()));
    List<String> heads = new ArrayList<>(List.of("setting"));
    lines.keySet().forEach(line -> heads.add(line.words()));
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    rows.add(row("preset", lines, run -> run.preset()));
    rows.add(row("seeds", lines, run -> Integer.toString(run.seed())));
    if (section.runs().stream().anyMatch(run -> run.fold().isPresent())) {
      rows.add(row("folds", lines, run -> run.fold().map(f -> f.fold().toString()).orElse("-")));
    }
    for (String key : keys) {
      rows.add(row(key, lines, run -> value(run, key)));
    }
    return new Sheet(heads, rows);
  }

  private static String value(ReportedRun run, String key) {
    String value = run.settings().get(key);
    String origin = run.origins().getOrDefault(key, "");
    boolean users = Origin.parse(origin).users() && !origin.isEmpty();
    return value == null ? "-" : users ? value + " *" : value;
  }

  private static List<Sheet.Cell> row(
      String key,
      Map<ScoreGrid.Line, List<ReportedRun>> lines,
      java.util.function.Function<ReportedRun, String> of) {
    List<Sheet.Cell> row = new ArrayList<>(List.of(Sheet.Cell.words(key)));
    Map<ScoreGrid.Line, String> values = new LinkedHashMap<>();
    lines.forEach(
        (line, runs) ->
            values.put(line, runs.stream().map(of).distinct().collect(Collectors.joining(", "))));
    values.values().forEach(value -> row.add(Sheet.Cell.words(value)));
    return row;
  }
}
