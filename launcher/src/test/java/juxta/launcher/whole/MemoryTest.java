package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Four times as many steps need no more memory. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class MemoryTest {
  private static final long MEGABYTE = 1 << 20;

  @TempDir Path root;

  @Test
  void isFlatOverATraining() throws IOException {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    // 10 steps an epoch, of which one is logged
    isFlat(shell, Toy.TRAIN + " --epochs 5000", 50, 200);
  }

  @Test
  void isFlatOverASegmentation() throws IOException {
    // a tenth of the steps is logged
    isFlat(
        Shell.in(root),
        "train fba " + Shell.TINY_VOLUMES + " --set iterations=50000 --set checkpoint-every=100000",
        4,
        12);
  }

  /** A run that is far longer than what is watched, then ended. */
  private void isFlat(Shell shell, String line, int earlyLines, int lateLines) throws IOException {
    Path metrics = root.resolve("run").resolve("metrics.jsonl");
    try (Child child = shell.start(line + " --out %s", root.resolve("run"))) {
      child.awaitLines(metrics, earlyLines);
      long early = resident(child.pid());
      child.awaitLines(metrics, lateLines);
      long late = resident(child.pid());
      assertThat(late).isLessThan(early + early / 10 + 30 * MEGABYTE);
    }
  }

  /** Bytes of the process that are in memory. */
  private static long resident(long pid) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
    return lines.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
