package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import juxta.toolkit.text.ShellWords;

/** The command lines that make a run again, from its record. */
final class Commands {
  private Commands() {}

  /** Training, and scoring where there are scores. */
  static List<String> of(ReportedRun run) {
    List<String> lines = new ArrayList<>();
    String out = run.folder().toString();
    List<String> words = new ArrayList<>(List.of("juxta", "train", run.method()));
    words.addAll(List.of("--data", run.data(), "--preset", run.preset()));
    words.addAll(List.of("--seed", Integer.toString(run.seed())));
    Set<String> evaluators = new LinkedHashSet<>();
    Map<String, String> scoring = new TreeMap<>();
    for (ReportedRun.Scored scored : run.scores()) {
      evaluators.add(scored.evaluator());
      scored.settings().forEach((key, v) -> scoring.put(scored.evaluator() + "." + key, v));
    }
    run.settings()
        .forEach(
            (key, value) -> {
              String origin = run.origins().getOrDefault(key, "");
              boolean given = !origin.isEmpty() && !origin.startsWith("preset");
              if (given && !key.equals("seed") && !scoring.containsKey(key)) {
                set(words, key, value);
              }
            });
    words.addAll(List.of("--out", out));
    lines.add(ShellWords.line(words));
    if (!evaluators.isEmpty()) {
      List<String> score = new ArrayList<>(List.of("juxta", "evaluate", out));
      score.addAll(List.of("--evaluators", String.join(",", evaluators)));
      scoring.forEach((key, value) -> set(score, key, value));
      lines.add(ShellWords.line(score));
    }
    return lines;
  }

  private static void set(List<String> words, String key, String value) {
    words.add("--set");
    words.add(key + "=" + value);
  }
}
