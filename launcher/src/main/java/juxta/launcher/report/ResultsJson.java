package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import juxta.api.Score;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;
import juxta.toolkit.io.Json;
import juxta.toolkit.metrics.Summary;

/** The file {@code results.json}: the scores of a report for programs; rates are fractions of 1. */
public final class ResultsJson {
  private ResultsJson() {}

  private record Results(
      int format, String title, List<String> unequal, List<String> missing, List<Part> sections) {}

  private record Part(String title, List<Run> runs, List<Cell> summary) {
    static Part of(Section section) {
      ScoreGrid grid = section.grid();
      List<Cell> cells = new ArrayList<>();
      for (Line line : grid.lines()) {
        for (Column column : grid.columns()) {
          grid.cell(line, column)
              .ifPresent(cell -> cells.add(Cell.of(grid, line, column, cell.summary())));
        }
      }
      return new Part(section.title(), section.runs().stream().map(Run::of).toList(), cells);
    }
  }

  private record Run(
      String folder,
      String method,
      String label,
      String encoder,
      String data,
      String dataFingerprint,
      int seed,
      boolean done,
      Optional<Double> seconds,
      Optional<Double> cpuSeconds,
      Optional<Long> peakMemory,
      Optional<Long> steps,
      Optional<Long> imagesSeen,
      Optional<Double> imagesPerSecond,
      Map<String, Long> parameters,
      List<Scored> scores) {
    static Run of(ReportedRun run) {
      ReportedRun.Cost cost = run.cost();
      return new Run(
          run.folder().toString(),
          run.method(),
          run.label(),
          run.encoder(),
          run.data(),
          run.fingerprint(),
          run.seed(),
          run.done(),
          real(cost.seconds()),
          real(cost.cpuSeconds()),
          real(cost.peakMemory()).map(Double::longValue),
          real(cost.steps()).map(Double::longValue),
          real(cost.imagesSeen()).map(Double::longValue),
          real(cost.imagesPerSecond()),
          cost.parameters(),
          run.scores().stream().map(Scored::of).toList());
    }

    private static Optional<Double> real(OptionalDouble value) {
      return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
  }

  private record Scored(
      String evaluator, String metric, double value, Score.Unit unit, Score.Better better) {
    static Scored of(ReportedRun.Scored scored) {
      Score score = scored.score();
      return new Scored(
          scored.evaluator(), score.metric(), score.value(), score.unit(), score.better());
    }
  }

  private record Cell(
      String method,
      String encoder,
      String evaluator,
      String metric,
      int seeds,
      double mean,
      double deviation,
      boolean best) {
    static Cell of(ScoreGrid grid, Line line, Column column, Summary summary) {
      return new Cell(
          line.method(),
          line.encoder(),
          column.evaluator(),
          column.metric(),
          summary.count(),
          summary.mean(),
          summary.deviation(),
          grid.best(column).filter(line::equals).isPresent());
    }
  }

  /**
   * The file's content.
   *
   * @param report the report
   * @return a JSON object
   */
  public static String text(Report report) {
    Warnings warnings = Warnings.of(report);
    Results results =
        new Results(
            1,
            report.title(),
            warnings.unequal(),
            warnings.missing(),
            report.sections().stream().map(Part::of).toList());
    return Json.pretty(results) + "\n";
  }
}
