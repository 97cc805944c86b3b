package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Score;
import juxta.engine.run.Fold;
import juxta.engine.run.RunFile;
import juxta.launcher.report.ScoreGrid.Column;
import juxta.launcher.report.ScoreGrid.Line;
import org.junit.jupiter.api.Test;

/** Scores of folds: means, intervals and tests that count on training sets that overlap. */
class FoldsTest {
  private static final Column ACCURACY = new Column("knn", "accuracy");
  private static final Line A = new Line("a", "-");
  private static final Line B = new Line("b", "-");

  private final List<Row> rows = new ArrayList<>();

  private void add(String method, int seed, int fold, int of, double value) {
    Map<String, String> protocol = Map.of("fold", fold + " of " + of + " by patient");
    Score score = new Score("accuracy", value, Score.Unit.RATE, protocol);
    rows.add(new Row(method, "-", "dental", seed, Optional.of(new Fold(fold, of)), "knn", score));
  }

  private void add(String method, int seed, double... values) {
    for (int i = 0; i < values.length; i++) {
      add(method, seed, i + 1, values.length, values[i]);
    }
  }

  /** s² (1/3 + 1/2), and printed t tables: 4.30265 at 95 % with 2 degrees of freedom. */
  @Test
  void theIntervalOfAMeanOverThreeFoldsByHand() {
    add("a", 0, .80, .70, .90);
    Interval interval = ScoreGrid.of(rows).cell(A, ACCURACY).orElseThrow().interval().orElseThrow();
    double half = 4.30265273 * .1 * Math.sqrt(1 / 3. + 1 / 2.);
    assertThat(half).isCloseTo(.392776, within(1e-6));
    assertThat(interval.low()).isCloseTo(.8 - half, within(1e-8));
    assertThat(interval.high()).isCloseTo(.8 + half, within(1e-8));
    assertThat(Intervals.of(ScoreGrid.of(rows)))
        .containsExactly("knn accuracy, 95 % intervals over 3 folds: a 40.7 to 119.3");
  }

  /** Differences .02 .03 .04: t² = .0009 / (.0001 (1/3 + 1/2)) = 10.8, p = 1 - t / √(2 + t²). */
  @Test
  void theTestOfThreeFoldsByHand() {
    add("a", 0, .80, .70, .90);
    add("b", 0, .83, .72, .94);
    ScoreGrid grid = ScoreGrid.of(rows);
    PairedTest test = grid.test(B, A, ACCURACY).orElseThrow();
    assertThat(test.difference()).isCloseTo(.03, within(1e-12));
    assertThat(test.t()).isCloseTo(Math.sqrt(10.8), within(1e-9));
    assertThat(test.p()).isCloseTo(.081441, within(1e-6));
    assertThat(grid.best(ACCURACY)).as("p is .035 if overlap is not thought of").isEmpty();
    assertThat(Significance.against(grid, A))
        .containsExactly(
            "knn accuracy: b minus a = +3.00 points over 3 folds, 95 % interval -0.93 to +6.93,"
                + " corrected paired t-test p = 0.081");
  }

  /** The same as {@code var * (1 / n + test / train)} of the paper with 80 and 20 of 100. */
  @Test
  void moreFoldsAreMoreCertain() {
    add("a", 0, .5, .5, .5, .5, .5);
    add("b", 0, .6, .7, .6, .7, .6);
    PairedTest test = ScoreGrid.of(rows).test(B, A, ACCURACY).orElseThrow();
    double variance = (3 * .0016 + 2 * .0036) / 4; // .1 .2 .1 .2 .1 about .14
    assertThat(test.t()).isCloseTo(.14 / Math.sqrt(variance * (.2 + 20 / 80.)), within(1e-9));
    assertThat(test.degrees()).isEqualTo(4);
  }

  @Test
  void seedsAreAveragedInEachFoldAndOnlySharedOnesCompared() {
    add("a", 0, .80, .70, .90);
    add("a", 1, .60, .50, .70);
    add("b", 0, .83, .72, .94);
    ScoreGrid grid = ScoreGrid.of(rows);
    ScoreGrid.Cell cell = grid.cell(A, ACCURACY).orElseThrow();
    assertThat(cell.values().get(1)).isCloseTo(.7, within(1e-12));
    assertThat(cell.values()).containsOnlyKeys(1, 2, 3);
    assertThat(Figures.score(cell)).isEqualTo("70.0 ± 10.0");
    assertThat(grid.test(B, A, ACCURACY).orElseThrow().difference()).isCloseTo(.03, within(1e-12));
  }

  /** A fold that failed is left out, and there were five all the same. */
  @Test
  void aFoldThatIsMissingIsMissing() {
    for (int fold : new int[] {1, 2, 4, 5}) {
      add("a", 0, fold, 5, .5);
      add("b", 0, fold, 5, .6 + .01 * fold);
    }
    add("b", 0, 3, 5, .1);
    PairedTest test = ScoreGrid.of(rows).test(B, A, ACCURACY).orElseThrow();
    assertThat(test.degrees()).isEqualTo(3);
    assertThat(test.difference()).isCloseTo(.13, within(1e-12));
    double variance = (.0004 + .0001 + .0001 + .0004) / 3;
    assertThat(test.t()).isCloseTo(.13 / Math.sqrt(variance * (1 / 4. + 1 / 4.)), within(1e-9));
  }

  /** Seeds of one fold are seeds; over one fold nothing can be said of others. */
  @Test
  void oneFoldIsNoSampleOfFolds() {
    for (int seed = 0; seed < 3; seed++) {
      add("a", seed, 2, 5, .5 + .1 * seed);
      add("b", seed, 2, 5, .6 + .11 * seed);
    }
    ScoreGrid grid = ScoreGrid.of(rows);
    assertThat(grid.cell(A, ACCURACY).orElseThrow().values()).containsOnlyKeys(0, 1, 2);
    assertThat(grid.cell(A, ACCURACY).orElseThrow().interval()).isEmpty();
    assertThat(Significance.against(grid, A)).singleElement().asString().contains("over 3 seeds");
  }

  @Test
  void aProtocolCountsFoldsUp() {
    add("a", 0, .80, .70, .90);
    assertThat(ScoreGrid.of(rows).protocols())
        .containsEntry("knn accuracy", "per cent, fold 1, 2, 3 of 3 by patient");
  }

  @Test
  void filesSayTheFoldWhereThereIsOne() {
    add("a", 0, .80, .70);
    assertThat(ResultsCsv.text(rows).lines())
        .containsExactly(
            "method,encoder,data,seed,fold,evaluator,metric,value",
            "a,-,dental,0,1,knn,accuracy,0.800000",
            "a,-,dental,0,2,knn,accuracy,0.700000");
    Score score = rows.get(0).score();
    Row unfolded = new Row("b", "-", "dental", 0, Optional.empty(), "knn", score);
    assertThat(ResultsCsv.text(List.of(unfolded)).lines())
        .startsWith("method,encoder,data,seed,evaluator,metric,value");
    rows.add(unfolded);
    assertThat(ResultsCsv.text(rows)).contains("b,-,dental,0,,knn,accuracy,0.8");
    assertThat(ScoresJson.text(rows, List.of()))
        .contains("\"fold\" : 2,")
        .doesNotContain("\"fold\" : null");
    FailedRow failed =
        new FailedRow("a", "-", "dental", 0, Optional.of(2), Optional.empty(), "diverged");
    assertThat(failed.words()).isEqualTo("a, seed 0, fold 2: diverged");
  }

  private static ReportedRun run(String method, int fold, double accuracy, int seen) {
    ReportedRun run = Runs.with(Runs.run(method, 0, accuracy), changed -> changed.imagesSeen(seen));
    return Runs.folded(run, new RunFile.Folding(fold, 3, "patient", "4f"));
  }

  private static Section section(double... more) {
    List<ReportedRun> runs = new ArrayList<>();
    IntStream.rangeClosed(1, 3).forEach(f -> runs.add(run("a", f, .6 + .1 * f, 800 + f)));
    IntStream.rangeClosed(1, 3)
        .forEach(f -> runs.add(run("b", f, .6 + .1 * f + more[f - 1], 800 + f)));
    Line baseline = runs.get(0).line();
    return new Section("", "", runs, Optional.of(baseline), List.of(), List.of(), List.of());
  }

  @Test
  void theReportSaysHowManyFoldsByWhat() {
    Section section = section(.02, .03, .04);
    assertThat(ScoreSheet.reading(section))
        .isEqualTo(
            "Mean ± standard deviation over 3 folds by patient. Nothing is bold: no row is better"
                + " than every other row, each by a paired t-test over the folds, p < 0.05."
                + " Intervals and tests count on training sets that overlap (Nadeau and Bengio"
                + " 2003).");
    Report report = new Report("runs", "", List.of(section), List.of());
    assertThat(MarkdownReport.text(report, Path.of(".")))
        .contains("95 % intervals over 3 folds")
        .contains("| folds | 1/3, 2/3, 3/3 | 1/3, 2/3, 3/3 |");
    assertThat(HtmlReport.text(report)).contains("95 % intervals over 3 folds");
    assertThat(ResultsJson.text(report))
        .contains("\"folds\" : 3")
        .contains("\"interval\" : [")
        .contains("\"fold\" : 2");
    assertThat(ScoreSheet.reading(section(.02, .0201, .0202))).contains("Bold: better than");
  }

  /** Folds are of several sizes; what counts is that each was the same for all. */
  @Test
  void budgetsAreComparedFoldByFold() {
    List<ReportedRun> runs = new ArrayList<>(section(.02, .03, .04).runs());
    assertThat(Budgets.differences(runs)).isEmpty();
    assertThat(Budgets.differences(runs.subList(0, 5)))
        .containsExactly("folds: 1, 2, 3 (a resnet-small); 1, 2 (b resnet-small)");
    runs.set(4, run("b", 2, .8, 1600));
    assertThat(Budgets.differences(runs))
        .containsExactly("images seen, fold 2: 802 (a resnet-small); 1,600 (b resnet-small)");
  }
}
