package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scalars that are fetched every few steps, as they are from cards, change nothing else. */
class MetricsEveryTest {
  private static final String FOUR = " --set metrics-every=4";

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
    Toy.addTo(shell);
  }

  @Test
  void weightsAndLogAreTheSame() {
    assertSame(train("plain", Toy.TRAIN), train("ring", Toy.TRAIN + FOUR));
    String simclr = "train simclr " + Shell.TINY + " --epochs 1";
    assertSame(train("plain-simclr", simclr), train("ring-simclr", simclr + FOUR));
  }

  /** Validation between steps, two streams, a schedule by its measure. */
  @Test
  void soTheyAreWithValidation() {
    String fba =
        "train fba "
            + Shell.TINY_VOLUMES
            + " --set iterations=7 --set select=test --set select-every=2";
    assertSame(train("plain", fba), train("ring", fba + " --set metrics-every=3"));
  }

  @Test
  void aRunThatWasStoppedGoesOnExactly() {
    RunFolder plain = train("plain", Toy.TRAIN);
    Path out = root.resolve("stopped");
    String line = Toy.TRAIN + FOUR + " --checkpoint-every 7 --out " + out;
    try (Child child = shell.start(line)) {
      child.awaitFile(out.resolve("metrics.jsonl"));
      child.killAfter(100);
    }
    if (!Files.exists(out.resolve("encoder.safetensors"))) { // it was killed in time
      Outcome outcome = shell.run(line + " --resume --set metrics-every=5");
      assertThat(outcome.status()).as(outcome.err()).isZero();
    }
    assertSame(plain, new RunFolder(out));
  }

  @Test
  void theFirstStepOfNoNumberIsNamedAndNothingAfterItIsSaved() {
    String diverging = Toy.TRAIN + " --set base-rate=1e30 --checkpoint-every 1";
    String plain = diverge("plain", diverging);
    assertThat(diverge("ring", diverging + FOUR)).isEqualTo(plain);
    assertThat(new RunFolder(root.resolve("ring")).weights())
        .isEqualTo(new RunFolder(root.resolve("plain")).weights());
    // without checkpoints between, the ring is read only when it is full
    String seldom = diverging.replace("-every 1", "-every 1000");
    assertThat(diverge("seldom", seldom + FOUR).replaceFirst("\\(.*", ""))
        .isEqualTo(plain.replaceFirst("\\(.*", ""));
  }

  private String diverge(String name, String line) {
    Path out = root.resolve(name);
    Outcome outcome = shell.run(line + " --out %s", out);
    assertThat(outcome.status()).isEqualTo(2);
    List<String> said = outcome.errLines().stream().filter(l -> l.startsWith("juxta: ")).toList();
    assertThat(said).singleElement().asString().contains("the loss is ", " at step ");
    return said.get(0).replace(out.toString(), "");
  }

  private RunFolder train(String name, String line) {
    Path out = root.resolve(name);
    Outcome outcome = shell.run(line + " --out %s", out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return new RunFolder(out);
  }

  private static void assertSame(RunFolder plain, RunFolder ring) {
    assertThat(ring.weights()).isEqualTo(plain.weights());
    assertThat(ring.optimizer()).isEqualTo(plain.optimizer());
    assertThat(ring.metrics()).isEqualTo(plain.metrics());
  }
}
