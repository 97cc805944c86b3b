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

/** Two thousand steps need no more memory than five hundred. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class MemoryTest {
  private static final long MEGABYTE = 1 << 20;

  @TempDir Path root;

  @Test
  void isFlatOverATraining() throws IOException {
    Shell shell = Shell.in(root);
    Toy.addTo(shell);
    Path metrics = root.resolve("run").resolve("metrics.jsonl");
    // 10 steps an epoch, of which one is logged; far longer than what is watched, then ended
    try (Child child = shell.start(Toy.TRAIN + " --epochs 5000 --out %s", root.resolve("run"))) {
      child.awaitLines(metrics, 50);
      long early = resident(child.pid());
      child.awaitLines(metrics, 200);
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
