package juxta.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StopTest {
  /** There may have been none: what is said must be true then too. */
  @Test
  void whoGivesUpPromisesNoCheckpoint() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    Stop stop = new Stop(new Terminal(stream, stream, false), 0);
    stop.stop();
    assertThat(stop.getAsBoolean()).isTrue();
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "stopping after this step, saving",
            "gave up waiting; a checkpoint that was there before is whole");
  }
}
