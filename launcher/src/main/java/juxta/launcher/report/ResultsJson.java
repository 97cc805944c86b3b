package juxta.launcher.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import juxta.api.Score;
import juxta.engine.run.RunFile;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;
import juxta.toolkit.io.Json;
import juxta.toolkit.metrics.Summary;

/** The file {@code results.json}: the scores of a report for programs; rates are fractions of 1. */
public final class ResultsJson {
  private static final int FORMAT = 1;

  private ResultsJson() {}

  private record Results(
      int format, String title, List<String> unequal, List<String> missing, List<Part> sections) {}

  private record Part(String title, List<Run> runs, List<Mean> summary) {
    static Part of(Section section) {
      return new Part(
          section.title(), section.runs().stream().map(Run::of).toList(), Mean.of(section.grid()));
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
      Optional<Integer> fold,
      boolean done,
      @JsonUnwrapped Cost cost,
      Map<String, Long> parameters,
      List<Scored> scores) {
    static Run of(ReportedRun run) {
      return new Run(
          run.folder().toString(),
          run.method(),
          run.label(),
          run.encoder(),
          run.data(),
          run.fingerprint(),
          run.seed(),
          run.fold().map(RunFile.Folding::number),
          run.done(),
          Cost.of(run.cost()),
          run.cost().parameters(),
          run.scores().stream().map(Scored::of).toList());
    }
  }

  private record Cost(
      Optional<Double> seconds,
      Optional<Double> cpuSeconds,
      Optional<Long> peakMemory,
      Optional<Long> steps,
      Optional<Long> imagesSeen,
      Optional<Double> imagesPerSecond) {
    static Cost of(ReportedRun.Cost cost) {
      return new Cost(
          real(cost.seconds()),
          real(cost.cpuSeconds()),
          whole(cost.peakMemory()),
          whole(cost.steps()),
          whole(cost.imagesSeen()),
          real(cost.imagesPerSecond()));
    }

    private static Optional<Double> real(OptionalDouble number) {
      return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    private static Optional<Long> whole(OptionalDouble number) {
      return real(number).map(Double::longValue);
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

  private record Mean(
      String method,
      String encoder,
      String evaluator,
      String metric,
      long seeds,
      Optional<Long> folds,
      double mean,
      double deviation,
      Optional<List<Double>> interval,
      boolean best) {
    static List<Mean> of(ScoreGrid grid) {
      List<Mean> all = new ArrayList<>();
      for (Line line : grid.lines()) {
        for (Column column : grid.columns()) {
          grid.cell(line, column).ifPresent(cell -> all.add(of(grid, line, column, cell)));
        }
      }
      return all;
    }

    private static Mean of(ScoreGrid grid, Line line, Column column, ScoreGrid.Cell cell) {
      Summary summary = cell.summary();
      boolean folded = cell.folds() > 0;
      return new Mean(
          line.method(),
          line.encoder(),
          column.evaluator(),
          column.metric(),
          folded ? grid.seeds() : summary.count(),
          folded ? Optional.of((long) summary.count()) : Optional.empty(),
          summary.mean(),
          summary.deviation(),
          cell.interval().map(interval -> List.of(interval.low(), interval.high())),
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
    return Json.pretty(
            new Results(
                FORMAT,
                report.title(),
                warnings.unequal(),
                warnings.missing(),
                report.sections().stream().map(Part::of).toList()))
        + "\n";
  }
}
