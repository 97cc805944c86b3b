package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DataProgressTest {
  @Test
  void saysHowFarLongWorkIsAndHowLongItWillTake() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    AtomicLong nanos = new AtomicLong();
    DataProgress progress = new DataProgress(new Terminal(to, to, false), nanos::get);
    for (int second = 0; second <= 30; second++) {
      nanos.set(second * 1_000_000_000L);
      progress.accept("packing images", second / 100.0);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "packing images   10%  ETA " + Terminal.clock(90),
            "packing images   20%  ETA " + Terminal.clock(80),
            "packing images   30%  ETA " + Terminal.clock(70));
  }

  @Test
  void shortWorkIsNotSpokenOf() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    AtomicLong nanos = new AtomicLong();
    DataProgress progress = new DataProgress(new Terminal(to, to, false), nanos::get);
    progress.accept("reading images", 0.0);
    nanos.set(9_000_000_000L);
    progress.accept("reading images", 1.0);
    progress.accept("decoding images", 0.1);
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
