package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import juxta.toolkit.io.Digest;

/**
 * A jar under the plug-in folder.
 *
 * @param path relative to the plug-in folder, with forward slashes
 * @param file the file
 * @param sha256 its SHA-256 in hexadecimal
 */
record Jar(String path, Path file, String sha256) {
  /** Jars are keys while all else starts up: a record's own hash costs 30 ms the first time. */
  @Override
  public int hashCode() {
    return path.hashCode();
  }

  static Jar read(Path folder, Path file) {
    String path = path(folder, file);
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(path, "has a control character in its name", "rename the file");
    }
    try {
      requireOwnFile(folder, file, path);
      return new Jar(path, file, Digest.sha256().add(file).hex());
    } catch (IOException e) {
      throw new Refusal(
          path, "cannot be read (" + Failures.name(e) + ")", "check the file and its permissions");
    }
  }

  /** A pipe would never be read to its end, and what lies elsewhere may be anybody's. */
  private static void requireOwnFile(Path folder, Path file, String path) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Refusal(
          path,
          Files.exists(file) ? "is no ordinary file" : "is a link that leads nowhere",
          "remove it");
    }
    if (!file.toRealPath().startsWith(folder.toRealPath())) {
      throw new Refusal(
          path, "is a link that leads out of the plug-in folder", "copy the jar to that place");
    }
  }

  static String path(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
