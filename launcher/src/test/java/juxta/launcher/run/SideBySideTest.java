package juxta.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import juxta.engine.train.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a comparison makes of the processes that it starts, whatever these do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the processes are shells")
class SideBySideTest {
  private static final String FINE = "echo '" + SideBySide.line(RunOutcome.DONE) + "'";

  private final List<String> said = new ArrayList<>();
  private final Map<Integer, RunOutcome> ended = new TreeMap<>();
  private final AtomicBoolean stop = new AtomicBoolean();

  @Test
  void whatAProcessSaysArrives() {
    RunOutcome failed =
        new RunOutcome(
            List.of(
                new RunOutcome.Failure(
                    Optional.of("knn"), "no \"neighbours\" – 日本", List.of("    at a.B"), true)));
    carryOut(2, "echo one; " + FINE, "echo two; echo '" + SideBySide.line(failed) + "'");
    assertThat(said).containsExactlyInAnyOrder("1 one", "2 two");
    assertThat(ended).isEqualTo(Map.of(1, RunOutcome.DONE, 2, failed));
  }

  @Test
  void aProcessThatDiesTakesNoOtherWithIt() {
    carryOut(2, "kill -9 $$", FINE, "exit 3", FINE, "echo '" + SideBySide.OUTCOME + "{\"fail'");
    assertThat(ended)
        .hasSize(5)
        .containsEntry(2, RunOutcome.DONE)
        .containsEntry(4, RunOutcome.DONE);
    assertThat(problem(1))
        .isEqualTo(
            "its process ended with status 137 before the run was done; --resume goes on with it");
    assertThat(problem(3)).contains("status 3 ");
    assertThat(problem(5)).startsWith("its process cannot be started or read: ");
  }

  @Test
  void noMoreThanAskedForRunAtOnce() {
    // each looks for another one's mark, and leaves its own while it runs
    String alone = "mkdir $0 || echo met; sleep 0.05; rmdir $0; " + FINE;
    carryOut(1, alone, alone, alone);
    assertThat(said).isEmpty();
    assertThat(ended).hasSize(3);
  }

  @Test
  void whoeverStopsWaitsForWhatIsSaved() {
    assertThatThrownBy(
            () ->
                carryOut(
                    2,
                    "trap 'echo saved; exit 130' TERM; echo begun; while :; do sleep 0.01; done",
                    FINE,
                    "trap 'echo saved; exit 130' TERM; echo begun; while :; do sleep 0.01; done",
                    FINE))
        .isInstanceOf(Interruption.class)
        .hasMessage(
            "stopped with 1 of 4 runs done; the same command with --resume goes on from there");
    assertThat(said).containsExactlyInAnyOrder("1 begun", "3 begun", "1 saved", "3 saved");
    assertThat(ended).isEqualTo(Map.of(2, RunOutcome.DONE));
  }

  private String problem(int number) {
    return ended.get(number).failures().get(0).problem();
  }

  private void carryOut(int jobs, String... scripts) {
    String mark = "target/side-by-side-" + System.nanoTime();
    SideBySide.Starter starter = number -> start("sh", "-c", scripts[number - 1], mark);
    SideBySide.Listener listener =
        new SideBySide.Listener() {
          @Override
          public void said(int number, String line) {
            said.add(number + " " + line);
            stop.set(said.stream().filter(one -> one.endsWith("begun")).count() == 2);
          }

          @Override
          public void ended(int number) {}
        };
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= scripts.length; number++) {
      numbers.add(number);
    }
    new SideBySide(jobs, starter, listener).carryOut(numbers, stop::get, ended::put);
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
