package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row a section: its last line, the first score of it, and that of the lines before and of
 * guessing.
 */
final class Overview {
  private Overview() {}

  static Sheet of(Report report) {
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    for (Section section : report.sections()) {
      rows.add(row(section));
    }
    return new Sheet(List.of("method", "score", "value", "beside it", "data", "time"), rows);
  }

  private static List<Sheet.Cell> row(Section section) {
    ScoreGrid grid = section.grid();
    List<ScoreGrid.Line> lines = grid.lines();
    if (lines.isEmpty() || grid.columns().isEmpty()) {
      String why = section.problems().isEmpty() ? "not scored" : "skipped";
      return cells(section.title(), why, "-", "-", "-", "-");
    }
    ScoreGrid.Line last = lines.get(lines.size() - 1);
    ScoreGrid.Column column =
        grid.columns().stream().filter(c -> grid.cell(last, c).isPresent()).findFirst().get();
    ScoreGrid.Cell cell = grid.cell(last, column).get();
    Stream<String> others =
        lines.stream()
            .filter(line -> !line.equals(last) && grid.cell(line, column).isPresent())
            .map(line -> line.method() + " " + Figures.score(grid.cell(line, column).get()));
    Stream<String> chance =
        grid.chance(last, column).stream()
            .mapToObj(value -> "chance " + Figures.value(value, cell.unit()));
    String beside = Stream.concat(others, chance).collect(Collectors.joining(", "));
    double seconds =
        section.runs().stream()
            .filter(run -> run.line().equals(last))
            .mapToDouble(run -> run.cost().seconds().orElse(0))
            .sum();
    return cells(
        section.title(),
        column.toString(),
        Figures.score(cell),
        beside.isEmpty() ? "-" : beside,
        section.runs().get(0).data(),
        Figures.clock(seconds));
  }

  private static List<Sheet.Cell> cells(
      String method, String score, String value, String others, String data, String time) {
    return List.of(
        Sheet.Cell.words(method),
        Sheet.Cell.words(score),
        Sheet.Cell.number(value),
        Sheet.Cell.words(others),
        Sheet.Cell.words(data),
        Sheet.Cell.number(time));
  }
}
