package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at random moments and resumed ends as one that was left alone: the same
 * weights and optimiser state bit for bit, the same lines in the log, each once. {@code
 * -Djuxta.kills=10} kills ten times as often. That a step leaves nothing behind that a checkpoint
 * lacks is checked for each method by its contract.
 */
class KillTest {
  private static final int TIMES = Integer.getInteger("juxta.kills", 1);

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  @Test
  void twoPhasesWithATaskBetweenThem() {
    Toy.addTo(shell);
    kill(2, Toy.TRAIN);
  }

  @Test
  void simclr() {
    kill(1, "train simclr " + Shell.TINY);
  }

  @Test
  void fbaWithItsTwoStreams() {
    kill(1, "train fba " + Shell.TINY_VOLUMES + " --set iterations=12 --set checkpoint-every=3");
  }

  private void kill(int least, String line) {
    int kills = least * TIMES;
    long before = System.nanoTime();
    try (Child alone = shell.start(line + " --out %s", root.resolve("alone"))) {
      alone.done();
    }
    long milliseconds = (System.nanoTime() - before) / 1_000_000;
    RunFolder expected = new RunFolder(root.resolve("alone"));
    Random random = new Random(kills);
    int done = 0;
    for (int run = 0; done < kills; run++) {
      RunFolder folder = new RunFolder(root.resolve("run" + run));
      // later than a moment: most of the first third is the start of Java
      while (done < kills
          && killed(line, folder, random, milliseconds / 4 + random.nextLong(milliseconds))) {
        done++;
        readable(folder);
      }
      try (Child last = resume(line, folder, random)) {
        last.done();
      }
      assertThat(folder.weights()).isEqualTo(expected.weights());
      assertThat(folder.optimizer()).isEqualTo(expected.optimizer());
      assertThat(folder.steps()).isEqualTo(expected.steps());
      assertThat(new HashSet<>(folder.steps())).hasSameSizeAs(folder.steps());
      assertThat(folder.metrics()).isEqualTo(expected.metrics());
      assertThat(folder.record().get("steps")).isEqualTo(expected.record().get("steps"));
      assertThat(folder.path().resolve("checkpoints"))
          .as("nothing unfinished is left behind")
          .isDirectoryNotContaining("glob:**/unfinished-*");
    }
  }

  private boolean killed(String line, RunFolder folder, Random random, long after) {
    try (Child child = resume(line, folder, random)) {
      return child.killAfter(after);
    }
  }

  private Child resume(String line, RunFolder folder, Random random) {
    return shell.start(
        line + " --checkpoint-every %d --out %s%s",
        1 + random.nextInt(3),
        folder.path(),
        folder.begun() ? " --resume" : "");
  }

  private static void readable(RunFolder folder) {
    if (folder.checkpoints().isEmpty()) {
      return;
    }
    Path newest = folder.newest();
    assertThat(Safetensors.read(newest.resolve("weights.safetensors"))).isNotEmpty();
    assertThat(Safetensors.read(newest.resolve("optimizer.safetensors"))).isNotNull();
    assertThat(RunFolder.json(newest.resolve("state.json")).get("format").asInt()).isEqualTo(1);
  }
}
