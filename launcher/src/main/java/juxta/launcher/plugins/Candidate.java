package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import juxta.api.UserException;

/**
 * Something under the plug-in folder that may be a plug-in: one jar, or a folder of jars.
 *
 * @param path relative to the plug-in folder
 * @param location the jar or the folder
 * @param files its jars
 */
record Candidate(String path, Path location, List<Path> files) {
  /** All candidates in alphabetical order; none where the folder does not exist. */
  static List<Candidate> scan(Path folder) {
    return list(folder).stream()
        .filter(entry -> Files.isDirectory(entry) || isJar(entry))
        .map(
            entry ->
                new Candidate(
                    Jar.path(folder, entry),
                    entry,
                    Files.isDirectory(entry)
                        ? list(entry).stream().filter(Candidate::isJar).toList()
                        : List.of(entry)))
        .toList();
  }

  boolean isFolder() {
    return Files.isDirectory(location);
  }

  /** Name by which a user can mean it: that of the folder, or of the jar without its ending. */
  String name() {
    return isFolder() ? path : path.substring(0, path.length() - ".jar".length());
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar")
        && !Files.isDirectory(file);
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(e -> !e.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new UserException(
          folder + ": cannot be listed (" + Failures.name(e) + "); check its permissions", e);
    }
  }
}
