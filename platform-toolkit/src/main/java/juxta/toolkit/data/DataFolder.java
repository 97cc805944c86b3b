package juxta.toolkit.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import juxta.api.DatasetProvider.Request;
import juxta.api.UserException;
import juxta.toolkit.io.RegularFile;

/** Finds the folder that holds a data set, and reads files so that faults name them. */
public final class DataFolder {
  /** What Java puts in the place of bytes that it cannot read. */
  private static final char UNREADABLE = '\uFFFD';

  /** Some programs put it before a file's first line. */
  private static final char MARK = '\uFEFF';

  private DataFolder() {}

  /**
   * The folder that holds the data: the one that the user named, a folder inside it of the usual
   * name (archives unpack into one), or the data set's own folder in the cache.
   *
   * @param request what the user asked for
   * @param id the provider's id
   * @param inner names of folders that the published archive unpacks into
   * @param marker a file or folder that tells that this is the right place
   * @param contents what the folder should hold, for the error
   * @return the folder
   * @throws UserException if it is in none of these places, saying where it was looked for
   */
  public static Path find(
      Request request, String id, List<String> inner, String marker, String contents) {
    Path base = request.path().orElse(request.cache().resolve(id));
    List<Path> candidates = new ArrayList<>(List.of(base));
    inner.forEach(name -> candidates.add(base.resolve(name)));
    return candidates.stream()
        .filter(folder -> Files.isDirectory(folder) && Files.exists(folder.resolve(marker)))
        .findFirst()
        .orElseThrow(() -> absent(id, base, marker, contents));
  }

  private static UserException absent(String id, Path base, String marker, String contents) {
    String where;
    if (!Files.exists(base)) {
      where = "there is no folder " + base;
    } else if (!Files.isDirectory(base)) {
      where = base + " is not a folder";
    } else {
      where = base + " holds no " + marker;
    }
    return new UserException(
        id
            + ": "
            + where
            + "; name the folder that holds "
            + contents
            + ": --data "
            + id
            + ":/path");
  }

  /**
   * Checks that a file lies in the folder that the user named, all links followed: a folder from
   * elsewhere must not have files read that lie elsewhere.
   *
   * @param file the file
   * @param folder the folder
   * @throws UserException if a link leads out of the folder, or the file cannot be looked up
   */
  public static void checkWithin(Path file, Path folder) {
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw new UserException(
            "%s: lies behind a link that leads out of %s; put a copy there, or name the folder that holds both"
                .formatted(file, folder));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * All bytes of a file.
   *
   * @param file the file
   * @return its content
   * @throws UserException if it cannot be read
   */
  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(RegularFile.ifThere(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The lines of a UTF-8 text file without blank ones and without a byte order mark.
   *
   * @param file the file
   * @return its lines, without blanks at their ends
   * @throws UserException if it cannot be read
   */
  public static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(RegularFile.ifThere(file))) {
      return lines
          .map(line -> line.replaceFirst("^" + MARK, "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * What lies in a folder, sorted by name, without hidden files.
   *
   * @param folder the folder
   * @return its files and folders
   * @throws UserException if it cannot be read
   */
  public static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> Map.entry(name(entry), entry)) // each name is made once
          .filter(entry -> !entry.getKey().startsWith("."))
          .sorted(Map.Entry.comparingByKey())
          .map(Map.Entry::getValue)
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * The name of a file without the folders that it lies in.
   *
   * @param path where it lies
   * @return its name
   * @throws UserException if the encoding of names that Java was started with cannot read it: all
   *     such names are alike
   */
  public static String name(Path path) {
    String name = path.getFileName().toString();
    if (name.indexOf(UNREADABLE) >= 0 && !isOf(path.getFileName(), name)) {
      throw new UserException(
          path
              + ": has a name that is not of the encoding "
              + FileNames.encoding()
              + "; "
              + FileNames.remedy());
    }
    return name;
  }

  private static boolean isOf(Path path, String name) {
    try {
      return path.getFileSystem().getPath(name).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * What to throw where a file cannot be read.
   *
   * @param file the file
   * @param cause why
   * @return a mistake that names both
   */
  public static UserException unreadable(Path file, Exception cause) {
    return new UserException(
        file + ": cannot be read (" + reason(cause) + "); check that it exists and may be read",
        cause);
  }

  /**
   * The cause in one line.
   *
   * @param cause what was thrown
   * @return its kind and the first line of its message
   */
  public static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }
}
