package juxta.launcher.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.engine.catalogue.NaturalOrder;
import juxta.engine.run.Folders;
import juxta.launcher.report.ReportedRun;
import juxta.launcher.report.ScoreGrid;
import juxta.launcher.report.Section;

/** Makes sections of a report from folders of runs and comparisons. */
final class Sections {
  private Sections() {}

  /** One section with the runs of all folders. */
  static Section of(String title, String lead, List<Path> folders, List<String> problems) {
    Map<Path, Map<String, Map<String, String>>> runs = new LinkedHashMap<>();
    List<ComparisonRecord> comparisons = new ArrayList<>();
    for (Path folder : folders) {
      Optional<ComparisonRecord> comparison =
          Files.exists(folder.resolve("run.json"))
              ? Optional.empty()
              : ComparisonRecord.read(folder);
      comparison.ifPresent(comparisons::add);
      Map<String, Map<String, String>> scoring =
          comparison.map(ComparisonRecord::evaluators).orElse(Map.of());
      runs(folder, comparison).forEach(run -> runs.putIfAbsent(run, scoring));
    }
    List<ReportedRun> read = new ArrayList<>();
    runs.forEach((run, scoring) -> read.add(RunReader.read(run, scoring)));
    Optional<ComparisonRecord> only =
        comparisons.size() == 1 && folders.size() == 1
            ? Optional.of(comparisons.get(0))
            : Optional.empty();
    List<String> missing = new ArrayList<>(problems);
    for (ComparisonRecord comparison :
        problems.isEmpty() ? comparisons : List.<ComparisonRecord>of()) {
      comparison.failed().forEach(row -> missing.add("failed: " + row.words()));
    }
    List<String> notes = new ArrayList<>();
    return new Section(
        title,
        lead,
        told(once(read, notes)),
        only.map(c -> new ScoreGrid.Line(c.method(), c.encoder())),
        only.map(ComparisonRecord::command).orElse(List.of()),
        missing,
        notes);
  }

  private static List<Path> runs(Path folder, Optional<ComparisonRecord> comparison) {
    if (Files.exists(folder.resolve("run.json"))) {
      return List.of(folder);
    }
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + " is no folder; name the --out of a training");
    }
    List<Path> found = new ArrayList<>();
    List<String> names = comparison.map(ComparisonRecord::runs).orElseGet(() -> children(folder));
    for (String name : names) {
      boolean child = Path.of(name).getNameCount() == 1 && !name.startsWith(".");
      if (child && Files.exists(folder.resolve(name).resolve("run.json"))) {
        found.add(folder.resolve(name));
      }
    }
    return found.isEmpty() && comparison.isEmpty() ? List.of(folder) : found;
  }

  private static List<String> children(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
          .map(p -> p.getFileName().toString())
          .sorted(NaturalOrder.NATURAL)
          .toList();
    } catch (IOException e) {
      throw new UserException(folder + ": cannot be read (" + Folders.reason(e) + ")", e);
    }
  }

  /** What was run twice with the same seed on the same fold counts once. */
  private static List<ReportedRun> once(List<ReportedRun> runs, List<String> notes) {
    Map<List<Object>, ReportedRun> byWhat = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      ReportedRun before = byWhat.putIfAbsent(List.of(kind(run), run.draw()), run);
      if (before != null) {
        notes.add(run.folder() + " is the same run as " + before.folder() + " and left out");
      }
    }
    return List.copyOf(byWhat.values());
  }

  /** Runs of one method that differ in more than seed and fold become lines of their own. */
  private static List<ReportedRun> told(List<ReportedRun> runs) {
    Map<ScoreGrid.Line, Map<List<Object>, List<ReportedRun>>> kinds = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      kinds
          .computeIfAbsent(run.line(), l -> new LinkedHashMap<>())
          .computeIfAbsent(kind(run), k -> new ArrayList<>())
          .add(run);
    }
    List<ReportedRun> told = new ArrayList<>();
    for (Map<List<Object>, List<ReportedRun>> same : kinds.values()) {
      List<Path> firsts = same.values().stream().map(line -> line.get(0).folder()).toList();
      boolean apart = firsts.stream().map(Sections::place).distinct().count() == firsts.size();
      for (List<ReportedRun> line : same.values()) {
        Path first = line.get(0).folder();
        String label = line.get(0).method() + " (" + (apart ? place(first) : first) + ")";
        line.forEach(run -> told.add(same.size() == 1 ? run : run.named(label)));
      }
    }
    return told;
  }

  /** The folder's name; of a run of a comparison, the comparison's. */
  private static String place(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    Path name = whole.getFileName();
    boolean compared =
        whole.getNameCount() > 1 && name.toString().matches(".*-seed[0-9]+(-fold[0-9]+)?");
    return String.valueOf(compared ? whole.getParent().getFileName() : name);
  }

  private static List<Object> kind(ReportedRun run) {
    return List.of(
        run.method(),
        run.encoder(),
        run.data(),
        run.fingerprint(),
        run.fold().map(fold -> fold.of() + " by " + fold.by()).orElse(""),
        new TreeMap<>(run.essentials()),
        new TreeSet<>(run.precision().isEmpty() ? Set.of() : Set.of(run.precision())));
  }
}
