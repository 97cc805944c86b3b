package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same weights, bit for bit; another seed gives others. */
class DeterminismTest {
  private static final String LINE =
      " " + Shell.TINY.replace("--epochs 2", "--epochs 1") + " --out %s --seed %d";

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  @Test
  void simclr() {
    RunFolder first = train("simclr", "first", 0);
    RunFolder again = train("simclr", "again", 0);
    RunFolder other = train("simclr", "other", 1);
    assertThat(again.weights()).isEqualTo(first.weights());
    assertThat(again.optimizer()).isEqualTo(first.optimizer());
    assertThat(again.metrics()).isEqualTo(first.metrics());
    assertThat(other.weights()).hasSameSizeAs(first.weights()).isNotEqualTo(first.weights());
  }

  /** With so many local views that their terms would make a sum of many. */
  @Test
  void patchmix() {
    String method = "patchmix --set local-crops=5 --set augmentation.local-side=16";
    RunFolder first = train(method, "first", 7);
    assertThat(train(method, "again", 7).weights()).isEqualTo(first.weights());
  }

  private RunFolder train(String method, String name, int seed) {
    Path out = root.resolve(name);
    Outcome outcome = shell.run("train " + method + LINE, out, seed);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return new RunFolder(out);
  }
}
