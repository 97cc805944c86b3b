package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Score;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;
import org.junit.jupiter.api.Test;

/** A row is best only where paired tests say so. */
class ScoreGridTest {
  private static final Column ACCURACY = new Column("knn", "accuracy");

  private final List<Row> rows = new ArrayList<>();

  private void add(String method, Score.Better better, double... values) {
    for (int seed = 0; seed < values.length; seed++) {
      Score score = new Score("accuracy", values[seed], Score.Unit.RATE, better, Map.of("k", "5"));
      rows.add(new Row(method, "-", "shapes", seed, Optional.empty(), "knn", score));
    }
  }

  private void add(String method, double... values) {
    add(method, Score.Better.HIGHER, values);
  }

  private java.util.Optional<String> best() {
    return ScoreGrid.of(rows).best(ACCURACY).map(Line::method);
  }

  @Test
  void oneThatIsAheadOnEverySeedIsBest() {
    add("a", .50, .61, .70);
    add("b", .60, .70, .81);
    assertThat(best()).contains("b");
  }

  @Test
  void oneThatIsAheadInTheMeanOnlyIsNot() {
    add("a", .50, .80, .60);
    add("b", .90, .50, .80);
    assertThat(best()).isEmpty();
  }

  @Test
  void itMustBeAheadOfEveryOtherRow() {
    add("a", .50, .61, .70);
    add("b", .60, .70, .81);
    add("c", .59, .72, .79);
    assertThat(best()).isEmpty();
  }

  @Test
  void oneSeedDecidesNothing() {
    add("a", .1);
    add("b", .9);
    assertThat(best()).isEmpty();
  }

  @Test
  void lessIsBetterWhereTheScoreSaysSo() {
    add("a", Score.Better.LOWER, .50, .61, .70);
    add("b", Score.Better.LOWER, .60, .70, .81);
    assertThat(best()).contains("a");
    assertThat(ScoreGrid.of(rows).protocols().get("knn accuracy")).contains("less is better");
  }

  @Test
  void columnsOfAnEvaluatorStandTogether() {
    add("a", .5);
    rows.add(other("a", "linear", "accuracy"));
    rows.add(other("b", "knn", "own-accuracy"));
    assertThat(ScoreGrid.of(rows).columns())
        .extracting(Column::toString)
        .containsExactly("knn accuracy", "knn own-accuracy", "linear accuracy");
  }

  private static Row other(String method, String evaluator, String metric) {
    Score score = new Score(metric, .5, Score.Unit.RATE, Score.Better.HIGHER, Map.of());
    return new Row(method, "-", "shapes", 0, Optional.empty(), evaluator, score);
  }

  @Test
  void whatTheOrderOfSumsLeavesIsNoDeviation() {
    Map<Integer, Double> seeds = Map.of(0, .42, 1, Math.nextUp(.42), 2, .42);
    assertThat(Figures.score(new ScoreGrid.Cell(seeds, Score.Unit.NUMBER, 0)))
        .isEqualTo("0.4200 ± 0");
    assertThat(Figures.score(new ScoreGrid.Cell(seeds, Score.Unit.RATE, 0)))
        .isEqualTo("42.0 ± 0.0");
  }

  @Test
  void aSmallProbabilityIsNotPrintedAsNone() {
    PairedTest test = PairedTest.of(new double[] {1, 2, 3}, new double[] {.5, 1.5, 2.5001});
    assertThat(Figures.test(test, Score.Unit.NUMBER))
        .endsWith("over 3 seeds, paired t-test p < 0.001");
  }

  @Test
  void protocolsShowWhereRowsAndSeedsDiffer() {
    protocol("a", 0, Map.of("k", "5"));
    protocol("a", 1, Map.of("k", "5"));
    assertThat(ScoreGrid.of(rows).protocols()).containsEntry("knn accuracy", "per cent, k 5");
    protocol("b", 0, Map.of("k", "5"));
    protocol("b", 1, Map.of("k", "7"));
    assertThat(ScoreGrid.of(rows).protocols())
        .containsEntry("knn accuracy", "per cent, k by row: 5 | 5 or 7");
    protocol("b", 2, Map.of("k", "5", "without", "road"));
    assertThat(ScoreGrid.of(rows).protocols())
        .containsEntry(
            "knn accuracy", "per cent, k by row: 5 | 5 or 7, without by row: - | - or road");
  }

  private void protocol(String method, int seed, Map<String, String> protocol) {
    Score score = new Score("accuracy", .5, Score.Unit.RATE, protocol);
    rows.add(new Row(method, "-", "shapes", seed, Optional.empty(), "knn", score));
  }

  @Test
  void someNumbersHaveNoBest() {
    add("a", Score.Better.NEITHER, .50, .61, .70);
    add("b", Score.Better.NEITHER, .60, .70, .81);
    assertThat(best()).isEmpty();
  }

  /** Pairs are made by seed, whatever the order of the rows. */
  @Test
  void seedsArePaired() {
    add("a", .50, .61, .70);
    add("b", .60, .70, .81);
    java.util.Collections.reverse(rows.subList(0, 3));
    assertThat(best()).contains("b");
    assertThat(ScoreGrid.of(rows).test(new Line("b", "-"), new Line("a", "-"), ACCURACY))
        .hasValueSatisfying(test -> assertThat(test.difference()).isBetween(.099, .101));
  }

  @Test
  void aRowThatWasNotScoredStaysOut() {
    add("a", .50, .61, .70);
    add("b", .60, .70, .81);
    rows.add(new Row("c", "-", "shapes", 0, Optional.empty(), "linear", rows.get(0).score()));
    assertThat(best()).contains("b");
  }

  @Test
  void onlyTheBestIsBold() {
    add("a", .50, .61, .70);
    add("b", .60, .70, .81);
    ScoreGrid grid = ScoreGrid.of(rows);
    Sheet sheet = ScoreSheet.of(grid, grid.lines());
    assertThat(sheet.rows().get(0).get(1).kind()).isEqualTo(Sheet.Kind.NUMBER);
    assertThat(sheet.rows().get(1).get(1).kind()).isEqualTo(Sheet.Kind.BEST);
    assertThat(sheet.rows().get(1).get(1).text()).isEqualTo("70.3 ± 10.5");
    assertThat(sheet.markdown()).contains("| a - |".replace(" - ", " "), "**70.3 ± 10.5**");
  }
}
