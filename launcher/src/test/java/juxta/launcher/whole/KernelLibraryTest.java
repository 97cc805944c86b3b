package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TensorFlow computes with Eigen's kernels or with oneDNN's, by the processor and by what the user
 * says. With either, a run that is killed and resumed ends with the weights of one of the same seed
 * that was left alone, bit for bit. What one gives the other need not.
 */
class KernelLibraryTest {
  private static final String LINE =
      "train simclr "
          + Shell.TINY.replace("--epochs 2", "--epochs 1")
          + " --checkpoint-every 1 --out %s";

  @TempDir Path root;

  @ParameterizedTest(name = "oneDNN {0}")
  @ValueSource(strings = {"0", "1"})
  void equalBits(String oneDnn) {
    Shell shell = Shell.in(root);
    Map<String, String> environment = Map.of("TF_ENABLE_ONEDNN_OPTS", oneDnn);
    RunFolder alone = new RunFolder(root.resolve("alone"));
    RunFolder killed = new RunFolder(root.resolve("killed"));
    try (Child child = shell.startWith(environment, LINE, alone.path())) {
      child.done();
    }
    try (Child child = shell.startWith(environment, LINE, killed.path())) {
      child.awaitFile(killed.path().resolve("metrics.jsonl"));
      child.killAfter(0);
    }
    try (Child child = shell.startWith(environment, LINE + " --resume", killed.path())) {
      child.done();
    }
    assertThat(killed.weights()).isEqualTo(alone.weights());
    assertThat(killed.optimizer()).isEqualTo(alone.optimizer());
    assertThat(killed.metrics()).isEqualTo(alone.metrics());
  }
}
