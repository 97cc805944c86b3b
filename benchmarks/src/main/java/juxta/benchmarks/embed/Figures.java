package juxta.benchmarks.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What a process cost until now: the last line that a contender prints.
 *
 * @param cpu seconds of all its threads together
 * @param peak most memory that it had at once, in MiB: what Linux counts as {@code VmHWM}
 */
public record Figures(double cpu, double peak) {
  private static final String PEAK = "VmHWM:";

  /** Prints those of this process. */
  static void print() throws IOException {
    long kib = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(PEAK)) {
        kib = Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip());
      }
    }
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    System.out.printf(Locale.ROOT, "figures %.3f %.1f%n", cpu.toMillis() / 1e3, kib / 1024.0);
  }

  /**
   * Reads what {@link #print} printed.
   *
   * @param output all that the process printed
   * @return its figures
   */
  public static Figures read(String output) {
    String[] words =
        output
            .lines()
            .filter(line -> line.startsWith("figures "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no figures in: " + output))
            .split(" ");
    return new Figures(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }
}
