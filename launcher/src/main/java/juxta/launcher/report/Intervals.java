package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import juxta.launcher.report.ScoreGrid.Column;

/** Where the means over folds lie, a sentence a column; none where no data were folded. */
final class Intervals {
  private Intervals() {}

  static List<String> of(ScoreGrid grid) {
    List<String> sentences = new ArrayList<>();
    for (Column column : grid.columns()) {
      String lines =
          grid.lines().stream()
              .flatMap(
                  line ->
                      grid.cell(line, column).stream()
                          .flatMap(
                              cell ->
                                  cell.interval().stream()
                                      .map(i -> line.words() + " " + i.words(cell.unit(), false))))
              .collect(Collectors.joining(", "));
      if (!lines.isEmpty()) {
        sentences.add(
            String.format(
                Locale.ROOT, "%s, 95 %% intervals over %d folds: %s", column, grid.folds(), lines));
      }
    }
    return sentences;
  }
}
