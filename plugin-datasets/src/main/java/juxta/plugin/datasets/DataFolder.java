package juxta.plugin.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import juxta.api.DatasetProvider.Request;
import juxta.api.UserException;

/** Finds the folder that holds a data set, and reads files so that faults name them. */
final class DataFolder {
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
   */
  static Path find(Request request, String id, List<String> inner, String marker, String contents) {
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

  /** The address that a user gave as the setting {@code url}. */
  static URI web(String text) {
    try {
      URI address = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw noAddress(text);
    }
    throw noAddress(text);
  }

  private static UserException noAddress(String text) {
    return new UserException(
        "url: '" + text + "' is no http or https address; give one that ends in the folder");
  }

  /** All bytes of a file. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The lines of a UTF-8 text file without blank ones. */
  static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  /** What lies in a folder, sorted by name, without hidden files. */
  static List<Path> list(Path folder) {
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

  static String name(Path path) {
    return path.getFileName().toString();
  }

  static UserException unreadable(Path file, Exception cause) {
    return new UserException(
        file + ": cannot be read (" + reason(cause) + "); check that it exists and may be read",
        cause);
  }

  /** The cause in one line. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }
}
