package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import juxta.engine.run.RunFile;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;

/** The table of scores of a section, and what is said below it. */
final class ScoreSheet {
  private static final String NONE = "-";

  private ScoreSheet() {}

  /** A row a line, those too that are not scored yet. */
  static Sheet of(Section section) {
    return of(section.grid(), lines(section));
  }

  static Sheet of(ScoreGrid grid, List<Line> lines) {
    List<String> heads = new ArrayList<>(List.of("method"));
    grid.columns().forEach(column -> heads.add(column.toString()));
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    for (Line line : lines) {
      List<Sheet.Cell> row = new ArrayList<>();
      row.add(new Sheet.Cell(line.words(), Sheet.Kind.LINE));
      grid.columns().forEach(column -> row.add(cell(grid, line, column)));
      rows.add(row);
    }
    return new Sheet(heads, rows);
  }

  private static List<Line> lines(Section section) {
    return Stream.concat(section.grid().lines().stream(), section.lines().keySet().stream())
        .distinct()
        .toList();
  }

  private static Sheet.Cell cell(ScoreGrid grid, Line line, Column column) {
    boolean best = grid.best(column).filter(line::equals).isPresent();
    return new Sheet.Cell(
        grid.cell(line, column).map(Figures::score).orElse(NONE),
        best ? Sheet.Kind.BEST : Sheet.Kind.NUMBER);
  }

  /** What the numbers are, and why one is bold or none is. */
  static String reading(Section section) {
    long all = section.runs().size();
    long scored = all - section.unscored().size();
    String some =
        scored == all
            ? ""
            : scored + (scored == 1 ? " run of " : " runs of ") + all + " scored so far. ";
    return some + (section.grid().folds() > 1 ? folds(section) : seeds(section.grid()));
  }

  /** What the numbers of scored runs are. */
  private static String seeds(ScoreGrid grid) {
    if (grid.lines().size() < 2) {
      return grid.seeds() > 1
          ? "Mean ± standard deviation over " + grid.seeds() + " seeds."
          : "One run, one seed.";
    }
    if (grid.seeds() < 2) {
      return "One seed a row, so nothing is bold: a difference between single runs may be chance."
          + " With --seeds 3 or more, the best row is tested against the others.";
    }
    String mean = "Mean ± standard deviation over " + grid.seeds() + " seeds. ";
    return mean + bold(grid, "seeds");
  }

  /** What the numbers are where each of several folds was tested. */
  private static String folds(Section section) {
    ScoreGrid grid = section.grid();
    String by =
        section.runs().stream()
            .flatMap(run -> run.fold().stream())
            .map(RunFile.Folding::by)
            .distinct()
            .collect(Collectors.joining(" or "));
    String mean =
        "Mean ± standard deviation over "
            + grid.folds()
            + " folds by "
            + by
            + (grid.seeds() > 1 ? ", each the mean of " + grid.seeds() + " seeds" : "")
            + ". ";
    String corrected =
        "Intervals and tests count on training sets that overlap (Nadeau and Bengio 2003).";
    return mean + (grid.lines().size() < 2 ? "" : bold(grid, "folds") + " ") + corrected;
  }

  private static String bold(ScoreGrid grid, String over) {
    String rule =
        "better than every other row, each by a paired t-test over the "
            + over
            + ", p < "
            + ScoreGrid.SIGNIFICANT;
    boolean any = grid.columns().stream().anyMatch(column -> grid.best(column).isPresent());
    return any ? "Bold: " + rule + "." : "Nothing is bold: no row is " + rule + ".";
  }
}
