package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.engine.train.Monitor;
import org.junit.jupiter.api.Test;

class PaperNoticeTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(OutputStream.nullOutputStream()),
          new PrintStream(said, true, StandardCharsets.UTF_8),
          false);
  private long now = SECOND;
  private final Monitor monitor = new PaperNotice(Monitor.SILENT, terminal, 2, () -> now);

  private List<String> lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void steps(long from, long to, double seconds) {
    for (long step = from; step < to; step++) {
      now += (long) (seconds * SECOND);
      monitor.step("train", step, 0, Map.of());
    }
  }

  @Test
  void saysBeforehandThatThereIsASmallPresetAndThenHowLongItTakes() {
    monitor.phase("train", 9105, 0, 256);
    assertThat(lines()).hasSize(1).first().asString().contains("--preset small");
    steps(0, 1, 100); // the graph is optimised
    steps(1, 5, 12.3);
    assertThat(lines())
        .hasSize(2)
        .last()
        .isEqualTo(
            "preset paper on 2 cores: about 31 h for train at the present pace (12.3 s a step,"
                + " 9,100 steps left); --preset small is made for such machines");
    steps(5, 50, 12.3);
    monitor.phase("after", 9105, 0, 256);
    steps(0, 50, 12.3);
    assertThat(lines()).hasSize(2);
  }

  @Test
  void aResumedRunCountsTheStepsThatAreLeft() {
    monitor.phase("train", 10_000, 9_500, 1000);
    steps(9_500, 9_505, 10);
    assertThat(lines())
        .last()
        .asString()
        .contains("about 83 min for train at the present pace (10.0 s a step, 495 steps left)");
  }

  @Test
  void quickStepsAreTimedForLonger() {
    monitor.phase("train", 1_000_000, 0, 256);
    steps(0, 60, 0.1);
    assertThat(lines()).hasSize(1);
    steps(60, 120, 0.1);
    assertThat(lines())
        .last()
        .asString()
        .contains("about 28 h for train at the present pace (100 ms a step, 999,8");
  }

  @Test
  void saysNothingOfWhatIsShort() {
    monitor.phase("train", 100, 0, 64);
    steps(0, 100, 3);
    assertThat(lines()).isEmpty();
    monitor.phase("train", 0, 0, 0);
    monitor.phase("train", 10_000, 9_999, 256);
    assertThat(lines()).isEmpty();
  }

  @Test
  void saysNothingOfOtherPresetsOnCardsOrWhereThereIsNoSmallOne() {
    Set<String> both = Set.of("paper", "small");
    assertThat(PaperNotice.around(Monitor.SILENT, terminal, "small", both, false))
        .isSameAs(Monitor.SILENT);
    assertThat(PaperNotice.around(Monitor.SILENT, terminal, "paper", Set.of("paper"), false))
        .isSameAs(Monitor.SILENT);
    assertThat(PaperNotice.around(Monitor.SILENT, terminal, "paper", both, true))
        .isSameAs(Monitor.SILENT);
    assertThat(PaperNotice.around(Monitor.SILENT, terminal, "paper", both, false))
        .isInstanceOf(PaperNotice.class);
  }
}
