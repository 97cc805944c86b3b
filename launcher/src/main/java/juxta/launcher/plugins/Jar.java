package juxta.launcher.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
      return new Jar(path, file, hash(file));
    } catch (IOException e) {
      throw new Refusal(
          path, "cannot be read (" + Failures.name(e) + ")", "check the file and its permissions");
    }
  }

  static String path(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
