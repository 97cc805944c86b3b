package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;

/** What paired tests against a baseline found, a sentence a line and column. */
final class Significance {
  private Significance() {}

  static List<String> against(ScoreGrid grid, Line baseline) {
    List<String> tests = new ArrayList<>();
    for (Column column : grid.columns()) {
      for (Line line : grid.lines()) {
        if (!line.equals(baseline)) {
          grid.test(line, baseline, column)
              .ifPresent(
                  test ->
                      tests.add(
                          column
                              + ": "
                              + line.words()
                              + " minus "
                              + baseline.words()
                              + " = "
                              + Figures.test(test, grid.cell(line, column).orElseThrow().unit())));
        }
      }
    }
    return tests;
  }
}
