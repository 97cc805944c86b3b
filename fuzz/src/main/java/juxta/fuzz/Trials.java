package juxta.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.launcher.plugins.Explanation;
import juxta.toolkit.text.Printable;

/**
 * Feeds inputs to a reader and holds it to what every reader promises: success, or a mistake of a
 * user whose every problem is one line, within ten seconds and the memory that this process has.
 */
final class Trials {
  /** Of the processor, so that other work on the machine makes no input escape. */
  private static final long LONGEST_NANOS = 10_000_000_000L;

  /** By the clock: for one that waits, or works on other threads. */
  private static final long LONGEST_MILLIS = 180_000;

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_ESCAPES = 8;
  private static final int MOST_FRAMES = 12;

  private final Inputs inputs;
  private final Path failures;
  private final Path work;
  private final List<Escape> escapes = new ArrayList<>();
  private final Set<String> kinds = new HashSet<>();

  private volatile int current;
  private volatile long since;
  private volatile long spent;

  /**
   * Prepares.
   *
   * @param failures folder for inputs that escape
   * @param work folder for files that readers read
   */
  Trials(Inputs inputs, Path failures, Path work) {
    LogManager.getLogManager().reset(); // warnings about damaged files are what is wanted here
    this.inputs = inputs;
    this.failures = failures;
    this.work = work;
  }

  /**
   * Runs inputs until all are read, or one does not end, or enough have escaped.
   *
   * @param from number of the first
   * @param to number behind the last
   * @param done is told how many are
   * @return those that escaped, one of each kind
   */
  List<Escape> run(int from, int to, IntConsumer done) {
    Thread thread = new Thread(() -> guarded(from, to), "reader " + inputs.target().name());
    thread.setDaemon(true);
    since = System.currentTimeMillis();
    thread.start();
    try {
      while (thread.isAlive()) {
        thread.join(20);
        done.accept(current - from);
        if (isTooLong(thread)) {
          StringBuilder where = new StringBuilder("does not end within 10 s; it is at");
          StackTraceElement[] frames = thread.getStackTrace();
          for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            where.append("\n    at ").append(frames[i]);
          }
          note(current, where.toString());
          return escapes;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return escapes;
  }

  private boolean isTooLong(Thread thread) {
    long used = CLOCK.getThreadCpuTime(thread.getId()); // -1 when it has ended
    return used - spent > LONGEST_NANOS
        || thread.isAlive() && System.currentTimeMillis() - since > LONGEST_MILLIS;
  }

  private void guarded(int from, int to) {
    try {
      all(from, to);
    } catch (Throwable e) {
      escaped(current, "the run itself failed: " + trace(e), "run");
    }
  }

  private void all(int from, int to) {
    for (int number = from; number < to && escapes.size() < MOST_ESCAPES; number++) {
      byte[] input = inputs.make(number);
      spent = CLOCK.getCurrentThreadCpuTime();
      since = System.currentTimeMillis();
      current = number;
      Path folder = work.resolve(inputs.target().name() + "-" + number);
      try {
        Files.createDirectories(folder);
        judge(number, folder, input);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        delete(folder);
      }
    }
    current = to;
  }

  private void judge(int number, Path folder, byte[] input) {
    try {
      inputs.target().reader().read(folder, input);
    } catch (UserException e) {
      fault(e).ifPresent(what -> escaped(number, what, "message"));
    } catch (Throwable e) {
      StackTraceElement[] stack = e.getStackTrace();
      escaped(number, trace(e), e.getClass() + (stack.length == 0 ? "" : stack[0].toString()));
    }
    if (number < inputs.target().seeds().size()) {
      requireSound(number, folder, input);
    }
  }

  /** A seed that is refused would test nothing but its refusal. */
  private void requireSound(int number, Path folder, byte[] input) {
    try {
      delete(folder);
      Files.createDirectories(folder);
      inputs.target().reader().read(folder, input);
    } catch (Exception e) {
      escaped(number, "a sound input is refused: " + e.getMessage(), "seed " + number);
    }
  }

  private static Optional<String> fault(UserException e) {
    for (String problem : Explanation.of(e).lines()) {
      String line = Printable.line(problem); // as the launcher prints it
      if (line.length() > LONGEST_LINE) {
        return Optional.of("a line of " + line.length() + " characters: " + line.substring(0, 200));
      }
      if (line.isBlank()) {
        return Optional.of("an empty line");
      }
    }
    return Optional.empty();
  }

  private synchronized void escaped(int number, String what, String kind) {
    if (kinds.add(kind)) {
      note(number, what);
    }
  }

  private void note(int number, String what) {
    Path file =
        failures.resolve(inputs.target().name() + "-" + inputs.seed() + "-" + number + ".bin");
    try {
      Files.createDirectories(failures);
      Files.write(file, inputs.make(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    escapes.add(new Escape(inputs.target().name(), number, what, file));
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return String.join("\n", text.toString().lines().limit(MOST_FRAMES).toList());
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
