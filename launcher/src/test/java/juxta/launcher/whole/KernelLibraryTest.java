package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TensorFlow computes with Eigen's kernels or with oneDNN's, by the processor and by what the user
 * says. With either, a run that is killed and resumed ends with the weights of one of the same seed
 * that was left alone, bit for bit. What one gives the other need not. {@link KillTest} shows it
 * for the kernels that all tests run with, this one for the others.
 */
class KernelLibraryTest {
  private static final String LINE =
      "train simclr "
          + Shell.TINY.replace("--epochs 2", "--epochs 1")
          + " --checkpoint-every 1 --out %s";

  @TempDir Path root;

  @Test
  void equalBitsWithTheOtherKernels() {
    Shell shell = Shell.in(root);
    String other = "0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS")) ? "1" : "0";
    Map<String, String> environment = Map.of("TF_ENABLE_ONEDNN_OPTS", other);
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
