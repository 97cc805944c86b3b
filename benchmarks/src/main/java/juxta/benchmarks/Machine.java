package juxta.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  static String describe() {
    return LocalDate.now()
        + ", "
        + processor()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, load "
        + load();
  }

  /** Whether the processor multiplies bfloat16, and TensorFlow was not told to do without. */
  static boolean hasBf16() {
    String flags = first(Path.of("/proc/cpuinfo"), "flags");
    String most = System.getenv().getOrDefault("ONEDNN_MAX_CPU_ISA", "");
    return (flags.contains("avx512_bf16") || flags.contains("amx_bf16")) && most.isEmpty();
  }

  /** Mean number of runnable threads over the last 1, 5 and 15 minutes, where it is known. */
  static String load() {
    String line = first(Path.of("/proc/loadavg"), "");
    return line.isEmpty()
        ? "unknown"
        : String.join(" ", line.split(" ")).replaceAll(" \\d+/.*", "");
  }

  private static String processor() {
    String model = first(Path.of("/proc/cpuinfo"), "model name");
    return model.isEmpty()
        ? System.getProperty("os.arch")
        : model.substring(model.indexOf(':') + 1).strip();
  }

  private static String first(Path file, String start) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(start)).findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
