package juxta.toolkit.io;

import java.nio.file.Path;
import java.util.function.Supplier;
import juxta.api.UserException;

/** Readers of files stop in one line where Java's memory or stack do not suffice. */
public final class ReadingLimits {
  private static final long MEBI = 1L << 20;

  private ReadingLimits() {}

  /**
   * Reads a file.
   *
   * @param <T> what comes of it
   * @param file the file, for the message
   * @param read reads it
   * @return what was read
   * @throws UserException if memory or stack do not suffice, naming file and remedy
   */
  public static <T> T of(Path file, Supplier<T> read) {
    try {
      return read.get();
    } catch (OutOfMemoryError e) {
      // what was asked for is free again when the error arrives here
      throw memory(file, e);
    } catch (StackOverflowError e) {
      throw new UserException(
          file
              + ": holds parts in parts, deeper than can be read; copy or download it again, or remove it",
          e);
    }
  }

  /**
   * A file that takes more memory than there is.
   *
   * @param file the file
   * @param cause what tells of it
   * @return the mistake, with its remedy
   */
  public static UserException memory(Path file, Throwable cause) {
    return new UserException(
        ("%s: reading it takes more memory than the %d MiB that Java has; make it smaller, or give"
                + " Java more with JUXTA_JAVA_OPTIONS=-Xmx8g")
            .formatted(file, Runtime.getRuntime().maxMemory() / MEBI),
        cause);
  }
}
