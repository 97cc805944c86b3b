package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up costs the step that was being saved, and no more. */
class FullDiskTest {
  @TempDir Path root;

  @Test
  void theLastCheckpointIsNamedAndResumed() throws Exception {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    String line = Toy.TRAIN + " --checkpoint-every 1 --out ";
    RunFolder alone = new RunFolder(root.resolve("alone"));
    assertThat(shell.run(line + alone.path()).status()).isZero();
    Path disk = Files.createDirectories(root.resolve("disk"));
    // room for a few checkpoints of 250 KB
    Assumptions.assumeTrue(
        does("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "only a superuser may mount a small disk");
    try {
      RunFolder run = new RunFolder(disk.resolve("run"));
      Path ballast = disk.resolve("ballast");
      Files.write(ballast, new byte[400_000]);
      Outcome full = shell.run(line + run.path());
      assertThat(full.status()).isEqualTo(2);
      assertThat(full.errLines().stream().filter(l -> l.startsWith("juxta")))
          .singleElement()
          .asString()
          .contains("cannot write checkpoint", "make room, then pass --resume")
          .contains(run.newest().toString());
      Files.delete(ballast);
      Outcome resumed = shell.run(line + run.path() + " --resume");
      assertThat(resumed.status()).as(resumed.err()).isZero();
      assertThat(run.weights()).isEqualTo(alone.weights());
      assertThat(run.metrics()).isEqualTo(alone.metrics());
    } finally {
      assertThat(does("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void embeddingsGoOnWhenThereIsRoom() throws Exception {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    Path run = root.resolve("run");
    assertThat(shell.run(Toy.TRAIN + " --epochs 1 --out " + run).status()).isZero();
    // 160 KB of numbers
    String line = "embed " + run + " --split train --set data.train-size=2500 --out ";
    Path alone = root.resolve("alone.npy");
    assertThat(shell.run(line + alone).status()).isZero();
    Path disk = Files.createDirectories(root.resolve("disk"));
    Assumptions.assumeTrue(
        does("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()),
        "only a superuser may mount a small disk");
    try {
      Path ballast = disk.resolve("ballast");
      Files.write(ballast, new byte[400_000]);
      Path file = disk.resolve("e.npy");
      Outcome full = shell.run(line + file);
      assertThat(full.status()).isEqualTo(2);
      assertThat(full.errLines().stream().filter(l -> l.startsWith("juxta")))
          .singleElement()
          .asString()
          .contains("cannot write " + file + " (No space left on device); make room and say the")
          .containsPattern("it goes on at row [1-9][0-9]+, or choose another --out");
      assertThat(file).doesNotExist();
      Files.delete(ballast);
      Outcome resumed = shell.run(line + file);
      assertThat(resumed.status()).as(resumed.err()).isZero();
      assertThat(resumed.err()).contains("going on after row ");
      assertThat(file).hasSameBinaryContentAs(alone);
      assertThat(disk.resolve("e.csv")).hasSameBinaryContentAs(root.resolve("alone.csv"));
    } finally {
      assertThat(does("umount", disk.toString())).isTrue();
    }
  }

  private static boolean does(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
