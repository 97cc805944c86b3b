package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.launcher.report.ScoreGrid.Column;

/**
 * The protocols of a table, each thing said once: of an evaluator first what its metrics have in
 * common, below it what only some of them have.
 */
final class Folded {
  private static final String DEEPER = "  ";

  private final ScoreGrid grid;

  private Folded(ScoreGrid grid) {
    this.grid = grid;
  }

  /** Paragraphs; those that begin with blanks belong to the one before. */
  static List<String> of(ScoreGrid grid) {
    Map<String, List<Column>> evaluators = new LinkedHashMap<>();
    grid.columns()
        .forEach(c -> evaluators.computeIfAbsent(c.evaluator(), e -> new ArrayList<>()).add(c));
    Folded folded = new Folded(grid);
    List<String> lines = new ArrayList<>();
    evaluators.forEach((evaluator, columns) -> folded.evaluator(evaluator, columns, lines));
    return lines;
  }

  private void evaluator(String evaluator, List<Column> columns, List<String> lines) {
    Map<List<String>, List<Column>> kinds = new LinkedHashMap<>();
    columns.forEach(c -> kinds.computeIfAbsent(grid.protocol(c), p -> new ArrayList<>()).add(c));
    List<List<String>> protocols = List.copyOf(kinds.keySet());
    List<String> common = common(protocols);
    if (common.isEmpty()) {
      kinds.forEach((phrases, own) -> lines.add(whole(evaluator, phrases, own)));
      return;
    }
    lines.add(evaluator + ": " + String.join(", ", common));
    kinds.forEach(
        (phrases, own) -> {
          List<String> rest = phrases.stream().filter(p -> !common.contains(p)).toList();
          if (!phrases.containsAll(common)) {
            lines.add(whole(evaluator, phrases, own));
          } else if (!rest.isEmpty()) {
            lines.add(DEEPER + ScoreGrid.metrics(own) + ": " + String.join(", ", rest));
          }
        });
  }

  private static String whole(String evaluator, List<String> phrases, List<Column> columns) {
    return evaluator + " " + ScoreGrid.metrics(columns) + ": " + String.join(", ", phrases);
  }

  /**
   * What a protocol shares with the others that have anything in common with it; units and the like
   * are said of each. One that shares nothing stands for itself.
   */
  private static List<String> common(List<List<String>> protocols) {
    if (protocols.size() < 2) {
      return List.of();
    }
    List<String> first = protocols.get(0);
    Optional<List<String>> shared =
        protocols.stream()
            .skip(1)
            .map(other -> first.stream().filter(other::contains).toList())
            .map(both -> both.stream().filter(phrase -> !ScoreGrid.UNITS.contains(phrase)).toList())
            .filter(both -> !both.isEmpty())
            .reduce((a, b) -> a.stream().filter(b::contains).toList());
    return shared.orElse(List.of());
  }
}
