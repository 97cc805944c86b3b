package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Score;
import org.junit.jupiter.api.Test;

/** What a report's table shows, and what it says of the numbers. */
class ScoreSheetTest {
  private static Section section(ReportedRun... runs) {
    return new Section("", "", List.of(runs), Optional.empty(), List.of(), List.of(), List.of());
  }

  private static Report report(Section section) {
    return new Report("runs", "", List.of(section), List.of());
  }

  private static ReportedRun unscored(String method, int seed) {
    return Runs.run(method, seed, List.of());
  }

  private static ReportedRun many(String method, int metrics) {
    return Runs.run(
        method,
        0,
        IntStream.range(0, metrics)
            .mapToObj(i -> Runs.scored("metric-" + i, i / 100., Score.Better.HIGHER))
            .toList());
  }

  @Test
  void oneSeedARowDecidesNothing() {
    assertThat(ScoreSheet.reading(section(Runs.run("a", 0, .1), Runs.run("b", 0, .9))))
        .startsWith("One seed a row, so nothing is bold");
    assertThat(ScoreSheet.reading(section(Runs.run("a", 0, .1)))).isEqualTo("One run, one seed.");
  }

  @Test
  void runsThatAreNotScoredKeepTheirRows() {
    Section section = section(unscored("a", 0), Runs.run("b", 0, .9), unscored("c", 0));
    assertThat(ScoreSheet.of(section).rows())
        .extracting(row -> row.get(0).text() + " " + row.get(1).text())
        .containsExactly("b resnet-small 90.0", "a resnet-small -", "c resnet-small -");
    assertThat(ScoreSheet.reading(section)).startsWith("1 run of 3 scored so far.");
    assertThat(Warnings.of(report(section)).missing())
        .containsExactly(
            "not scored: a resnet-small, seed 0; score it: juxta evaluate runs/a-0",
            "not scored: c resnet-small, seed 0; score it: juxta evaluate runs/c-0");
    assertThat(HtmlReport.text(report(section))).contains("a resnet-small</th>");
    assertThat(MarkdownReport.text(report(section), Path.of(".")))
        .contains("| c resnet-small | - |");
  }

  @Test
  void seedsThatAreNotScoredAreSaid() {
    Section section = section(Runs.run("a", 0, .5), unscored("a", 1), unscored("a", 2));
    assertThat(ScoreSheet.reading(section))
        .isEqualTo("1 run of 3 scored so far. One run, one seed.");
    assertThat(Warnings.of(report(section)).missing()).hasSize(2);
  }

  @Test
  void whereNothingIsScoredThatIsNoGap() {
    assertThat(Warnings.of(report(section(unscored("a", 0), unscored("b", 0)))).missing())
        .isEmpty();
  }

  /** A table of twenty columns is wider than any page. */
  @Test
  void manyMetricsBecomeLists() {
    String wide = ScoreSheet.of(section(many("a", 20), many("b", 20))).html(new Palette(names()));
    assertThat(wide.split("<table class=\"list\">", -1)).hasSize(3);
    assertThat(wide).contains("<td>knn metric-7</td><td class=\"number\">7.0</td>");
    String narrow = ScoreSheet.of(section(many("a", 2), many("b", 2))).html(new Palette(names()));
    assertThat(narrow).doesNotContain("class=\"list\"").contains("<thead>");
  }

  private static List<String> names() {
    return new ArrayList<>(Collections.nCopies(1, "a resnet-small"));
  }
}
