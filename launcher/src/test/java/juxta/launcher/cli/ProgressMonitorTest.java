package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
