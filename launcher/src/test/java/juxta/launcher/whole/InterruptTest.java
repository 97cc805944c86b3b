package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C saves, says where, and costs nothing but time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
class InterruptTest {
  @TempDir Path root;

  @Test
  void savesAndIsResumedExactly() {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    assertThat(shell.run(Toy.TRAIN + " --epochs 300 --out %s", root.resolve("alone")).status())
        .isZero();
    RunFolder stopped = new RunFolder(root.resolve("stopped"));
    try (Child child = shell.start(Toy.TRAIN + " --epochs 300 --out %s", stopped.path())) {
      child.awaitFile(stopped.path().resolve("metrics.jsonl"));
      int status = child.interrupt();
      Outcome outcome = child.await();
      assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
      assertThat(outcome.errLines())
          .contains("stopping after this step, saving")
          .last()
          .asString()
          .startsWith("stopped after ")
          .contains("saved to " + stopped.newest())
          .endsWith("; the same command with --resume goes on from there");
    }
    assertThat(stopped.record().get("status").asText()).isEqualTo("running");
    assertThat(shell.run("train toy --resume --out %s", stopped.path()).status()).isZero();
    RunFolder alone = new RunFolder(root.resolve("alone"));
    assertThat(stopped.weights()).isEqualTo(alone.weights());
    assertThat(stopped.optimizer()).isEqualTo(alone.optimizer());
    assertThat(stopped.metrics()).isEqualTo(alone.metrics());
  }
}
