package juxta.toolkit.volume;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import juxta.api.UserException;
import juxta.toolkit.io.Excerpt;

/** What can be wrong with the file of a scan, in one line. */
final class ScanFaults {
  private static final String AGAIN = "copy or download it again, or remove it";

  private ScanFaults() {}

  static UserException of(Path file, String wrong, String remedy) {
    return new UserException(file + ": " + Excerpt.of(wrong) + "; " + remedy);
  }

  /** The file is not what its name promises, or damaged. */
  static UserException damaged(Path file, String wrong) {
    return of(file, wrong, AGAIN);
  }

  static UserException of(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new UserException(file + ": there is no such file; check the name", cause);
    }
    if (cause instanceof EOFException) {
      return new UserException(file + ": is cut off; " + AGAIN, cause);
    }
    if (cause instanceof ZipException) {
      return new UserException(
          file + ": is no whole gzip file (" + reason(cause) + "); " + AGAIN, cause);
    }
    return new UserException(
        file + ": cannot be read (" + reason(cause) + "); check that it may be read", cause);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? name
        : name + ": " + message.lines().findFirst().orElse("");
  }
}
