package juxta.launcher.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** What the lines of a section cost: means over their seeds. */
final class CostSheet {
  static final String READING =
      "Means over seeds and folds. Images/s: while steps ran, the first step left aside. Peak"
          + " memory: of the whole process while it trained. Parameters, all: with averaged copies"
          + " and statistics.";

  private static final String NONE = "-";

  private CostSheet() {}

  static Sheet of(Section section) {
    Set<String> parts = new LinkedHashSet<>();
    Set<String> evaluators = new LinkedHashSet<>();
    section.runs().forEach(run -> parts.addAll(run.cost().parameters().keySet()));
    section.runs().forEach(run -> run.scores().forEach(s -> evaluators.add(s.evaluator())));
    List<String> heads =
        new ArrayList<>(
            List.of(
                "method",
                "training time",
                "CPU time",
                "images/s",
                "images seen",
                "steps",
                "peak memory"));
    parts.forEach(part -> heads.add("parameters, " + part));
    evaluators.forEach(evaluator -> heads.add(evaluator + " time"));
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    section
        .lines()
        .forEach(
            (line, runs) -> {
              List<Sheet.Cell> row = new ArrayList<>();
              row.add(new Sheet.Cell(line.words(), Sheet.Kind.LINE));
              row.add(mean(runs, r -> r.cost().seconds(), Figures::clock));
              row.add(mean(runs, r -> r.cost().cpuSeconds(), Figures::clock));
              row.add(mean(runs, r -> r.cost().imagesPerSecond(), Figures::count));
              row.add(mean(runs, r -> r.cost().imagesSeen(), Figures::count));
              row.add(mean(runs, r -> r.cost().steps(), Figures::count));
              row.add(mean(runs, r -> r.cost().peakMemory(), Figures::bytes));
              for (String part : parts) {
                row.add(mean(runs, r -> parameters(r, part), Figures::count));
              }
              for (String evaluator : evaluators) {
                row.add(mean(runs, r -> seconds(r, evaluator), Figures::clock));
              }
              rows.add(row);
            });
    return new Sheet(heads, rows);
  }

  private static OptionalDouble parameters(ReportedRun run, String part) {
    Long count = run.cost().parameters().get(part);
    return count == null ? OptionalDouble.empty() : OptionalDouble.of(count);
  }

  private static OptionalDouble seconds(ReportedRun run, String evaluator) {
    return run.scores().stream()
        .filter(s -> s.evaluator().equals(evaluator))
        .mapToDouble(ReportedRun.Scored::seconds)
        .findFirst();
  }

  private static Sheet.Cell mean(
      List<ReportedRun> runs,
      Function<ReportedRun, OptionalDouble> of,
      DoubleFunction<String> words) {
    OptionalDouble mean =
        runs.stream()
            .map(of)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .average();
    return Sheet.Cell.number(mean.isPresent() ? words.apply(mean.getAsDouble()) : NONE);
  }
}
