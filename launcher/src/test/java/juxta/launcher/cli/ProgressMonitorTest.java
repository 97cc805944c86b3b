package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Score;
import juxta.api.Step;
import org.junit.jupiter.api.Test;

class ProgressMonitorTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private long now = SECOND;
  private final ProgressMonitor monitor =
      new ProgressMonitor(
          new Terminal(
              new PrintStream(OutputStream.nullOutputStream()),
              new PrintStream(said, true, StandardCharsets.UTF_8),
              false),
          "fba",
          () -> now);

  @Test
  void aLookAtHeldOutRecordsBetweenStepsDoesNotRaiseTheRate() {
    monitor.phase("train", 100, 0, 4);
    steps(0, 51);
    for (int scan = 1; scan <= 10; scan++) {
      now += 2 * SECOND;
      monitor.progress(scan, 10, "scans");
    }
    said.reset();

    steps(51, 61);

    // sixty steps of a second each and twenty seconds aside
    assertThat(last()).contains("61/100").contains("3 records/s").contains("ETA 0:52");
  }

  @Test
  void whatIsDoneAsideHasItsOwnRate() {
    monitor.phase("train", 100, 0, 4);
    steps(0, 51);
    said.reset();
    for (int scan = 1; scan <= 8; scan++) {
      now += 2 * SECOND;
      monitor.progress(scan, 10, "scans");
    }

    assertThat(last()).contains("/10 scans").contains("1/s");
  }

  @Test
  void whatProbesFoundStaysInTheLine() {
    monitor.phase("train", 100, 0, 4);
    steps(0, 21);
    Score share = new Score("accuracy", 0.7125, Score.Unit.RATE, Map.of());
    Score other = new Score("top5", 0.9, Score.Unit.RATE, Map.of());
    Score number = new Score("sum", 12.34567, Score.Unit.NUMBER, Map.of());
    Map<String, List<Score>> found = new LinkedHashMap<>();
    found.put("knn", List.of(share, other));
    found.put("mine", List.of(number));
    monitor.probed("train", 20, 0.5, found);
    steps(21, 41);

    assertThat(last()).contains("loss 1.0000  knn 71.3%  mine 12.35  4 records/s");
  }

  /** A step takes a second. */
  private void steps(int from, int to) {
    for (int step = from; step < to; step++) {
      now += SECOND;
      monitor.step("train", step, 0, Map.of(Step.LOSS, 1.0));
    }
  }

  private String last() {
    String[] lines = said.toString(StandardCharsets.UTF_8).split("\n");
    return lines[lines.length - 1];
  }
}
