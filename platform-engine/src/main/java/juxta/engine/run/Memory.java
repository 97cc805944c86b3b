package juxta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory this process takes, where the system tells (Linux). */
final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path FORGET = Path.of("/proc/self/clear_refs");
  private static final String PEAK = "VmHWM:";

  private Memory() {}

  /** From now on the peak is that of what comes; where this is refused it stays the process's. */
  static void forgetPeak() {
    try {
      if (Files.isWritable(FORGET)) {
        Files.writeString(FORGET, "5");
      }
    } catch (IOException e) {
      System.getLogger(Memory.class.getName())
          .log(System.Logger.Level.DEBUG, "the peak stays that of the whole process", e);
    }
  }

  /** The most bytes held at once, TensorFlow's among them. */
  static OptionalLong peak() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
