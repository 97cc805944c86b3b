package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What runs were made with: data, versions and hardware, plug-ins. */
final class Origins {
  private final List<ReportedRun> runs;

  Origins(List<ReportedRun> runs) {
    this.runs = runs;
  }

  Sheet data() {
    Map<List<String>, Set<String>> seen = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      String sizes =
          run.records().entrySet().stream()
              .map(e -> e.getKey() + " " + Figures.count(e.getValue()))
              .collect(Collectors.joining(", "));
      seen.computeIfAbsent(
              List.of(run.data(), sizes, run.fingerprint()), k -> new LinkedHashSet<>())
          .add(run.line().words());
    }
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    seen.forEach(
        (key, lines) -> {
          List<Sheet.Cell> row = new ArrayList<>();
          row.add(Sheet.Cell.words(key.get(0)));
          row.add(Sheet.Cell.words(key.get(1)));
          row.add(Sheet.Cell.words(String.join(", ", lines)));
          row.add(new Sheet.Cell(key.get(2), Sheet.Kind.CODE));
          rows.add(row);
        });
    return new Sheet(List.of("data", "records", "of", "fingerprint"), rows);
  }

  /** A row for each thing; all values where runs differ. */
  Sheet environment() {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      run.provenance()
          .environment()
          .forEach((k, v) -> values.computeIfAbsent(k, x -> new LinkedHashSet<>()).add(v));
    }
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    values.forEach(
        (key, all) ->
            rows.add(List.of(Sheet.Cell.words(key), Sheet.Cell.words(String.join(" and ", all)))));
    rows.add(List.of(Sheet.Cell.words("runs begun"), Sheet.Cell.words(begun())));
    return new Sheet(List.of("made with", ""), rows);
  }

  private String begun() {
    List<String> times =
        runs.stream()
            .map(r -> r.provenance().started())
            .filter(t -> !t.isEmpty())
            .sorted()
            .toList();
    if (times.isEmpty()) {
      return "not recorded";
    }
    String first = minute(times.get(0));
    String last = minute(times.get(times.size() - 1));
    return first.equals(last) ? first : first + " to " + last;
  }

  /** 2024-05-01T12:30:59.1Z as 2024-05-01 12:30 UTC. */
  private static String minute(String instant) {
    return instant.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*Z")
        ? instant.substring(0, 16).replace('T', ' ') + " UTC"
        : instant;
  }

  Sheet plugins() {
    Map<String, Set<String>> hashes = new TreeMap<>();
    for (ReportedRun run : runs) {
      for (ReportedRun.PluginJars plugin : run.provenance().plugins()) {
        plugin
            .sha256()
            .forEach(
                (jar, hash) ->
                    hashes
                        .computeIfAbsent(
                            plugin.name() + "\n" + plugin.version() + "\n" + jar,
                            k -> new LinkedHashSet<>())
                        .add(hash));
      }
    }
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    hashes.forEach(
        (key, all) -> {
          List<Sheet.Cell> row = new ArrayList<>();
          for (String part : key.split("\n", 3)) {
            row.add(Sheet.Cell.words(part));
          }
          row.add(new Sheet.Cell(String.join(" and ", all), Sheet.Kind.CODE));
          rows.add(row);
        });
    return new Sheet(List.of("plug-in", "version", "jar", "SHA-256"), rows);
  }
}
