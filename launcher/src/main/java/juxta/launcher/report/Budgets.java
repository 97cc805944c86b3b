package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import juxta.engine.run.RunFile;

/** Finds what was not the same for all runs of a table: such numbers are not to be compared. */
final class Budgets {
  private Budgets() {}

  /** A sentence for each difference, none if the budgets were equal. */
  static List<String> differences(List<ReportedRun> runs) {
    List<String> found = new ArrayList<>();
    List<ReportedRun> trained = runs.stream().filter(ReportedRun::trained).toList();
    List<ReportedRun> encoded = runs.stream().filter(r -> !r.encoder().equals("-")).toList();
    compare("data", runs, ReportedRun::data, found);
    compare("content of the data", runs, r -> brief(r.fingerprint()), found);
    seen(trained, found);
    compare("batch", trained, r -> r.settings().getOrDefault("batch", "not set"), found);
    compare("encoder", encoded, Budgets::encoder, found);
    compare("precision", trained, ReportedRun::precision, found);
    compareDraws("seeds", runs, run -> Stream.of(run.seed()), found);
    compareDraws("folds", runs, run -> run.fold().stream().map(f -> f.number()), found);
    evaluators(runs, found);
    compare("Juxta", runs, r -> version(r, "juxta"), found);
    compare("TensorFlow", runs, r -> version(r, "tensorflow"), found);
    compare("processor", runs, r -> version(r, "processor"), found);
    compare("device", runs, r -> version(r, "device"), found);
    plugins(runs, found);
    return found;
  }

  /** Folds differ a little in size; what was seen is compared among runs of the same. */
  private static void seen(List<ReportedRun> trained, List<String> found) {
    Map<Integer, List<ReportedRun>> folds = new TreeMap<>();
    trained.forEach(
        r ->
            folds
                .computeIfAbsent(r.fold().map(RunFile.Folding::number).orElse(0), f -> list())
                .add(r));
    List<String> differences = new ArrayList<>();
    folds.forEach(
        (fold, runs) ->
            compare(
                fold == 0 ? "images seen" : "images seen, fold " + fold,
                runs,
                Budgets::seen,
                differences));
    differences.stream().limit(1).forEach(found::add);
  }

  private static List<ReportedRun> list() {
    return new ArrayList<>();
  }

  private static String seen(ReportedRun run) {
    return run.cost().imagesSeen().isPresent()
        ? Figures.format("%,.0f", run.cost().imagesSeen().getAsDouble())
        : "not recorded";
  }

  /** The encoder with its settings. */
  private static String encoder(ReportedRun run) {
    List<String> settings = new ArrayList<>();
    run.settings()
        .forEach(
            (key, value) -> {
              if (key.startsWith("encoder.")) {
                settings.add(key.substring(key.indexOf('.') + 1) + " " + value);
              }
            });
    return run.encoder() + (settings.isEmpty() ? "" : " (" + String.join(", ", settings) + ")");
  }

  private static String version(ReportedRun run, String what) {
    return run.provenance().environment().getOrDefault(what, "not recorded");
  }

  private static String brief(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) + "…" : hash;
  }

  private static void compareDraws(
      String what,
      List<ReportedRun> runs,
      Function<ReportedRun, Stream<Integer>> of,
      List<String> found) {
    Map<ScoreGrid.Line, Set<Integer>> draws = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      Set<Integer> own = draws.computeIfAbsent(run.line(), l -> new TreeSet<>());
      of.apply(run).forEach(own::add);
    }
    Map<String, Set<String>> byValue = new LinkedHashMap<>();
    draws.forEach(
        (line, own) -> {
          String words = own.stream().map(String::valueOf).collect(Collectors.joining(", "));
          byValue
              .computeIfAbsent(words.isEmpty() ? "none" : words, w -> new LinkedHashSet<>())
              .add(line.words());
        });
    say(what, byValue, found);
  }

  /** Which evaluators scored each run, and with which settings. */
  private static void evaluators(List<ReportedRun> runs, List<String> found) {
    List<ReportedRun> scored = runs.stream().filter(r -> !r.scores().isEmpty()).toList();
    if (scored.isEmpty()) {
      return;
    }
    compare(
        "evaluators",
        runs,
        r -> r.scores().isEmpty() ? "none" : String.join(", ", settings(r).keySet()),
        found);
    Set<String> all = new LinkedHashSet<>();
    scored.forEach(r -> all.addAll(settings(r).keySet()));
    for (String evaluator : all) {
      compare(
          "settings of " + evaluator,
          scored.stream().filter(r -> settings(r).containsKey(evaluator)).toList(),
          r -> settings(r).get(evaluator),
          found);
    }
  }

  private static Map<String, String> settings(ReportedRun run) {
    Map<String, String> settings = new TreeMap<>();
    run.scores()
        .forEach(
            s ->
                settings.put(
                    s.evaluator(),
                    new TreeMap<>(s.settings())
                        .entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", "))));
    return settings;
  }

  private static void plugins(List<ReportedRun> runs, List<String> found) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(r -> r.provenance().plugins().forEach(p -> names.add(p.name())));
    for (String name : names) {
      compare(
          "plug-in " + name,
          runs.stream().filter(r -> has(r, name)).toList(),
          r -> jars(r, name),
          found);
    }
  }

  private static String jars(ReportedRun run, String name) {
    return run.provenance().plugins().stream()
        .filter(p -> p.name().equals(name))
        .map(
            p ->
                p.version()
                    + " "
                    + p.sha256().values().stream()
                        .map(Budgets::brief)
                        .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }

  private static boolean has(ReportedRun run, String name) {
    return run.provenance().plugins().stream().anyMatch(p -> p.name().equals(name));
  }

  private static void compare(
      String what, List<ReportedRun> runs, Function<ReportedRun, String> of, List<String> found) {
    Map<String, Set<String>> byValue = new LinkedHashMap<>();
    runs.forEach(
        r ->
            byValue.computeIfAbsent(of.apply(r), v -> new LinkedHashSet<>()).add(r.line().words()));
    say(what, byValue, found);
  }

  private static void say(String what, Map<String, Set<String>> byValue, List<String> found) {
    if (byValue.size() > 1) {
      List<String> words = new ArrayList<>();
      byValue.forEach((value, lines) -> words.add(value + " (" + String.join(", ", lines) + ")"));
      found.add(what + ": " + String.join("; ", words));
    }
  }
}
