package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Score;
import org.junit.jupiter.api.Test;

/** The table that a report of several sections begins with. */
class OverviewTest {
  private static ReportedRun guessed(int seed, double value, String chance) {
    Score score = new Score("hit@3", value, Score.Unit.RATE, Map.of(Score.CHANCE, chance));
    return Runs.run(
        "finder", seed, List.of(new ReportedRun.Scored("retrieval", score, Map.of(), 2)));
  }

  private static Section section(ReportedRun... runs) {
    return new Section("s", "", List.of(runs), Optional.empty(), List.of(), List.of(), List.of());
  }

  private static List<String> row(Section section) {
    Sheet sheet = Overview.of(new Report("runs", "", List.of(section), List.of()));
    return sheet.rows().get(0).stream().map(Sheet.Cell::text).toList();
  }

  @Test
  void aScoreStandsBesideThoseOfOtherLines() {
    assertThat(row(section(Runs.run("untrained", 0, .2), Runs.run("a", 0, .5))))
        .containsExactly("s", "knn accuracy", "50.0", "untrained 20.0", "shapes", "1:01");
  }

  @Test
  void whatGuessingReachesStandsBesideAScore() {
    assertThat(row(section(guessed(0, .5, "0.1"), guessed(1, .7, "0.2")))).contains("chance 15.0");
    assertThat(row(section(guessed(0, .5, "0.1"), guessed(1, .7, "low")))).contains("-");
  }

  @Test
  void whatHasNoScoreSaysSo() {
    assertThat(row(section(Runs.run("a", 0, List.of())))).contains("not scored", "-");
  }
}
