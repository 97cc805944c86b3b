package juxta.launcher.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command line that runs in a process of its own; its output goes to files. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_MINUTES = 4;

  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Child start(List<String> command, Path folder) {
    return start(command, folder, Map.of());
  }

  /** With variables besides those of this process. */
  static Child start(List<String> command, Path folder, Map<String, String> environment) {
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      return new Child(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it ended by itself. */
  Outcome await() {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + PATIENCE_MINUTES + " min:\n" + said());
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ended with success. */
  Outcome done() {
    Outcome outcome = await();
    if (outcome.status() != 0) {
      throw new AssertionError("status " + outcome.status() + ":\n" + outcome.err());
    }
    return outcome;
  }

  /** Waits until something stands in its output; returns all of that. */
  String awaitOut(String words) {
    until("said " + words, () -> Files.readString(out).contains(words));
    try {
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has written something to a file. */
  void awaitFile(Path file) {
    awaitLines(file, 1);
  }

  /** Waits until it has written lines to a file. */
  void awaitLines(Path file, long lines) {
    until("wrote " + file, () -> Files.exists(file) && count(file) >= lines);
  }

  private void until(String done, Callable<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2 * PATIENCE_MINUTES);
    try {
      while (!condition.call()) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("ended before it " + done + ":\n" + said());
        }
        if (System.nanoTime() > end) {
          process.destroyForcibly();
          throw new AssertionError("has not " + done + " until now:\n" + said());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static long count(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /** Whether it still runs after a while. */
  boolean runsAfter(long milliseconds) {
    try {
      return !process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Kills it after a while, if it has not ended by then; true if it was killed. */
  boolean killAfter(long milliseconds) {
    try {
      if (!runsAfter(milliseconds)) {
        return false;
      }
      process.destroyForcibly().waitFor();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Sends it what Ctrl-C sends; where this process was itself started to ignore that, as shells do
   * to what runs in their background, the child inherited it, and what {@code kill} sends must do.
   *
   * @return the status that a process has after this signal
   */
  int interrupt() {
    try {
      boolean ignored = ignoresInterrupts();
      String signal = ignored ? "-TERM" : "-INT";
      new ProcessBuilder("kill", signal, Long.toString(pid())).inheritIO().start().waitFor();
      return 128 + (ignored ? 15 : 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private boolean ignoresInterrupts() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored, 16) & 0b10) != 0; // bit 1 is signal 2, SIGINT
  }

  String said() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
