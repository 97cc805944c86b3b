package juxta.plugin.datasets.file;

import java.nio.file.Path;
import juxta.api.UserException;

/** Checks that a file holds whole records of a fixed length. */
public final class RecordLength {
  private RecordLength() {}

  public static void check(Path file, long bytes, int length) {
    if (bytes == 0) {
      throw new UserException(file + ": is empty; download the file again");
    }
    long rest = bytes % length;
    if (rest != 0) {
      throw new UserException(
          ("%s: %d bytes are no multiple of the %d bytes of a record, the last record begins at"
                  + " offset %d and has only %d bytes; the file is cut off or of another format,"
                  + " download it again")
              .formatted(file, bytes, length, bytes - rest, rest));
    }
  }
}
