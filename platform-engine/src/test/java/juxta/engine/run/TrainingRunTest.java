package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import juxta.api.UserException;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final Map<String, String> ALL = Map.of();

  @TempDir private Path folder;

  private static void train(Path run, boolean resume, BooleanSupplier stop) {
    new TrainingRun(Lines.CATALOGUE, Monitor.SILENT, stop).train(Lines.job(run, resume, ALL));
  }

  private static Map<String, ParameterStore.Entry> weights(Path run) {
    return new Checkpoints(run.resolve("checkpoints")).latest().orElseThrow().store().entries();
  }

  /**
   * In the middle of a phase, right after a validation, between phases, before and after a task;
   * and what was logged is logged once.
   */
  @Test
  void aRunThatIsStoppedWheneverItMayBeEndsWithTheSameBits() throws IOException {
    Path whole = folder.resolve("whole");
    train(whole, false, () -> false);
    Path stopped = folder.resolve("stopped");
    int stops = 0;
    boolean going = true;
    while (going) {
      try {
        train(stopped, stops > 0, () -> true);
        going = false;
      } catch (Interruption stop) {
        assertThat(stop).hasMessageContaining("--resume");
        stops++;
      }
    }
    assertThat(stops).isEqualTo(5 + 1 + 1 + 5); // steps, end of phase, task, steps
    assertThat(weights(whole)).containsKeys("encoder.fc.weight");
    assertThat(weights(stopped)).isEqualTo(weights(whole));
    assertThat(stopped.resolve("encoder.safetensors")).doesNotExist(); // it has no encode
    assertThat(Files.readAllLines(stopped.resolve("metrics.jsonl")))
        .isEqualTo(Files.readAllLines(whole.resolve("metrics.jsonl")))
        .hasSize(6 + 1 + 6);
  }

  @Test
  void aFinishedRunIsLeftAsItIs() throws IOException {
    train(folder.resolve("run"), false, () -> false);
    String record = Files.readString(folder.resolve("run/run.json"));
    train(folder.resolve("run"), true, () -> false);
    assertThat(Files.readString(folder.resolve("run/run.json"))).isEqualTo(record);
  }

  @Test
  void aRunGoesOnWithItsOwnSettingsOnly() {
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> train(run, false, () -> true)).isInstanceOf(Interruption.class);
    assertThatThrownBy(() -> train(run, false, () -> true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("already holds a run of 'line'");
    TrainingRun again = new TrainingRun(Lines.CATALOGUE, Monitor.SILENT, () -> false);
    assertThatThrownBy(() -> again.train(Lines.job(run, true, Map.of("epochs", "4"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("epochs: 3 -> 4");
  }

  /** What it left of its first file is in nobody's way; anything else of somebody's is. */
  @Test
  void aRunThatWasKilledAtItsFirstFileDoesNotBlockItsFolder() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve(".run.json.4f1c.tmp"), "{");
    train(run, false, () -> false);
    assertThat(weights(run)).isNotEmpty();
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve(".runs.json.4f1c.tmp"), "{");
    assertThatThrownBy(() -> train(other, false, () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not empty and holds no run");
  }
}
