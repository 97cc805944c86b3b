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

  private static boolean does(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
