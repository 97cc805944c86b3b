package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import juxta.api.UserException;
import juxta.engine.train.PhaseState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  private static final List<String> PHASES = List.of("warm-up", "mine", "train");

  @TempDir private Path folder;

  private Path written() {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = new MetricsLog(file)) {
      log.write("warm-up", 0, 0.5, Map.of("loss", 2.0));
      log.write("warm-up", 1, 1, Map.of("loss", 1.5));
      log.write("mine", 0, 0, Map.of("pairs", 9.0));
      log.write("train", 0, 0.5, Map.of("loss", 1.25));
      log.write("train", 1, 1, Map.of("loss", Double.NaN));
    }
    return file;
  }

  private static PhaseState at(int phase, long step) {
    return new PhaseState(phase, step, List.of(), 0);
  }

  @Test
  void aLineIsAStepWithItsScalars() throws IOException {
    assertThat(Files.readAllLines(written()))
        .hasSize(5)
        .startsWith("{\"phase\":\"warm-up\",\"step\":0,\"epoch\":0.5,\"loss\":2.0}");
  }

  @Test
  void linesAreAddedToThoseThatAreThere() throws IOException {
    try (MetricsLog log = new MetricsLog(written())) {
      log.write("train", 2, 1.5, Map.of("loss", 1.0));
    }
    assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).hasSize(6);
  }

  @Test
  void whatCameAfterAStateIsDropped() throws IOException {
    Path file = written();
    List<String> all = Files.readAllLines(file);
    MetricsLog.rewind(file, PHASES, at(2, 1));
    assertThat(Files.readAllLines(file)).isEqualTo(all.subList(0, 4));
    MetricsLog.rewind(file, PHASES, at(2, 0));
    assertThat(Files.readAllLines(file)).isEqualTo(all.subList(0, 3));
    MetricsLog.rewind(file, PHASES, at(0, 1));
    assertThat(Files.readAllLines(file)).isEqualTo(all.subList(0, 1));
    MetricsLog.rewind(file, PHASES, PhaseState.START);
    assertThat(file).isEmptyFile();
  }

  @Test
  void theLineThatWasBeingWrittenIsDroppedWithAllAfterIt() throws IOException {
    Path file = written();
    Files.writeString(file, "{\"phase\":\"tra", StandardOpenOption.APPEND);
    MetricsLog.rewind(file, PHASES, at(2, 99));
    assertThat(Files.readAllLines(file)).hasSize(5);
  }

  @Test
  void aRunThatLoggedNothingHasNothingToRewind() throws IOException {
    MetricsLog.rewind(folder.resolve("none.jsonl"), PHASES, at(1, 1));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = folder.resolve("not-there/metrics.jsonl");
    assertThatThrownBy(() -> new MetricsLog(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write " + file + " (no such file");
  }
}
