package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss that is no number ends the run and names the last state that was sound. */
class DivergenceTest {
  @TempDir Path root;

  @Test
  void namesTheLastGoodCheckpoint() {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    RunFolder run = new RunFolder(root.resolve("run"));
    Outcome outcome =
        shell.run(Toy.TRAIN + " --set base-rate=1e30 --checkpoint-every 1 --out %s", run.path());
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines().stream().filter(line -> line.startsWith("juxta")))
        .singleElement()
        .asString()
        .contains("the loss is ", " at step ", "lower the learning rate", run.newest().toString());
    assertThat(run.record().get("status").asText()).isEqualTo("running");
    assertThat(run.metrics()).allMatch(line -> Double.isFinite(line.get("loss").asDouble()));
  }
}
