package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a model in training, by the command line: they change nothing of the run. */
class ProbeTest {
  private static final String PROBED = " --probe knn --probe-every 2 --probe-share 1";

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
    Toy.addTo(shell);
  }

  private static List<JsonNode> looks(RunFolder run) {
    return run.metrics().stream().filter(line -> line.has("probe-knn-accuracy")).toList();
  }

  @Test
  void aRunThatIsLookedAtAndKilledIsThatWhichWasLeftAlone() {
    String line = "train simclr " + Shell.TINY + " --checkpoint-every 1 --out ";
    Outcome alone = shell.run(line + root.resolve("alone"));
    assertThat(alone.status()).as(alone.err()).isZero();
    RunFolder plain = new RunFolder(root.resolve("alone"));
    assertThat(looks(plain)).isEmpty();

    Path out = root.resolve("probed");
    try (Child child = shell.start(line + out + PROBED)) {
      child.awaitLines(out.resolve("metrics.jsonl"), 4);
      child.killAfter(10);
    }
    if (!Files.exists(out.resolve("encoder.safetensors"))) { // it was killed in time
      Outcome resumed = shell.run(line + out + PROBED + " --resume");
      assertThat(resumed.status()).as(resumed.err()).isZero();
    }
    RunFolder probed = new RunFolder(out);
    assertThat(probed.weights()).isEqualTo(plain.weights());
    assertThat(probed.optimizer()).isEqualTo(plain.optimizer());
    // 6 batches an epoch, two epochs: every second step once
    assertThat(looks(probed))
        .extracting(look -> look.get("step").asInt())
        .containsExactly(1, 3, 5, 7, 9, 11);
    assertThat(looks(probed))
        .allSatisfy(
            look -> assertThat(look.get("probe-knn-accuracy").asDouble()).isBetween(0.0, 1.0));
  }
}
