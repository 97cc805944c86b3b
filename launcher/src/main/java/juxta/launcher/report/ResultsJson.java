package juxta.launcher.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;
import juxta.toolkit.metrics.Summary;

/** The file {@code results.json}: the scores of a report for programs; rates are fractions of 1. */
public final class ResultsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultsJson() {}

  /**
   * The file's content.
   *
   * @param report the report
   * @return a JSON object
   */
  public static String text(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("title", report.title());
    Warnings warnings = Warnings.of(report);
    ArrayNode unequal = root.putArray("unequal");
    warnings.unequal().forEach(unequal::add);
    ArrayNode missing = root.putArray("missing");
    warnings.missing().forEach(missing::add);
    ArrayNode sections = root.putArray("sections");
    report.sections().forEach(section -> section(sections.addObject(), section));
    return root.toPrettyString() + "\n";
  }

  private static void section(ObjectNode node, Section section) {
    node.put("title", section.title());
    ArrayNode runs = node.putArray("runs");
    section.runs().forEach(run -> run(runs.addObject(), run));
    ScoreGrid grid = section.grid();
    ArrayNode lines = node.putArray("summary");
    for (Line line : grid.lines()) {
      for (Column column : grid.columns()) {
        grid.cell(line, column)
            .ifPresent(cell -> summary(lines.addObject(), grid, line, column, cell));
      }
    }
  }

  private static void run(ObjectNode node, ReportedRun run) {
    node.put("folder", run.folder().toString());
    node.put("method", run.method());
    node.put("label", run.label());
    node.put("encoder", run.encoder());
    node.put("data", run.data());
    node.put("dataFingerprint", run.fingerprint());
    node.put("seed", run.seed());
    run.fold().ifPresent(fold -> node.put("fold", fold.number()));
    node.put("done", run.done());
    ReportedRun.Cost cost = run.cost();
    cost.seconds().ifPresent(v -> node.put("seconds", v));
    cost.cpuSeconds().ifPresent(v -> node.put("cpuSeconds", v));
    cost.peakMemory().ifPresent(v -> node.put("peakMemory", (long) v));
    cost.steps().ifPresent(v -> node.put("steps", (long) v));
    cost.imagesSeen().ifPresent(v -> node.put("imagesSeen", (long) v));
    cost.imagesPerSecond().ifPresent(v -> node.put("imagesPerSecond", v));
    ObjectNode parameters = node.putObject("parameters");
    cost.parameters().forEach(parameters::put);
    ArrayNode scores = node.putArray("scores");
    for (ReportedRun.Scored scored : run.scores()) {
      ObjectNode one = scores.addObject();
      one.put("evaluator", scored.evaluator());
      one.put("metric", scored.score().metric());
      one.put("value", scored.score().value());
      one.put("unit", scored.score().unit().name());
      one.put("better", scored.score().better().name());
    }
  }

  private static void summary(
      ObjectNode node, ScoreGrid grid, Line line, Column column, ScoreGrid.Cell cell) {
    Summary summary = cell.summary();
    node.put("method", line.method());
    node.put("encoder", line.encoder());
    node.put("evaluator", column.evaluator());
    node.put("metric", column.metric());
    node.put("seeds", cell.folds() > 0 ? grid.seeds() : summary.count());
    if (cell.folds() > 0) {
      node.put("folds", summary.count());
    }
    node.put("mean", summary.mean());
    node.put("deviation", summary.deviation());
    cell.interval()
        .ifPresent(interval -> node.putArray("interval").add(interval.low()).add(interval.high()));
    node.put("best", grid.best(column).filter(line::equals).isPresent());
  }
}
