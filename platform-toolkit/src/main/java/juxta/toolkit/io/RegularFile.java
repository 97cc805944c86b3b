package juxta.toolkit.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import juxta.api.UserException;

/**
 * Files that are nothing but bytes on a disk. A pipe or a device among people's files would be
 * waited for, or read, without end.
 */
public final class RegularFile {
  private static final String COPY =
      "copy that file into the folder of the one that names it, or write both as one file";

  private RegularFile() {}

  /**
   * Checks a file that the user or the user's folder names. It may be a link: data are often linked
   * together from several places.
   *
   * @param file the file
   * @return the file
   * @throws UserException if it is absent, a folder, a pipe, a device or the like, naming it
   */
  public static Path check(Path file) {
    if (!Files.exists(file)) {
      throw new UserException(file + ": there is no such file; check the name");
    }
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file
              + ": cannot be read: it is "
              + (Files.isDirectory(file) ? "a folder" : "a pipe, a device or the like")
              + ", not a file; remove it, or put a plain file in its place");
    }
    return file;
  }

  /**
   * Checks a file, if there is one: of one that is absent its reader says more.
   *
   * @param file the file
   * @return the file
   * @throws UserException see {@link #check}
   */
  public static Path ifThere(Path file) {
    return Files.exists(file) ? check(file) : file;
  }

  /**
   * Opens a file, see {@link #check}.
   *
   * @param file the file
   * @return its bytes; close it
   * @throws UserException if it is no regular file
   * @throws IOException if it cannot be opened
   */
  public static InputStream open(Path file) throws IOException {
    return Files.newInputStream(check(file));
  }

  /**
   * Opens a file, see {@link #check}.
   *
   * @param file the file
   * @return its bytes, to be read from any place; close it
   * @throws UserException if it is no regular file
   * @throws IOException if it cannot be opened
   */
  public static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(check(file), StandardOpenOption.READ);
  }

  /**
   * The file that another file names. A file from elsewhere must not have files read that lie
   * elsewhere: what counts is where the named one really lies, all links followed.
   *
   * @param by the file that names it
   * @param name what it says, relative to its own folder
   * @return the file named
   * @throws UserException if it does not lie in the folder of {@code by} or a folder in there, or
   *     is no regular file, naming both
   */
  public static Path named(Path by, String name) {
    Path file;
    try {
      file = by.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw refused(by, name, "which no file can be called", "mend the header", e);
    }
    try {
      Path folder = by.toAbsolutePath().getParent().toRealPath();
      Path real =
          Files.exists(file) ? file.toRealPath() : folder.resolve(Path.of(name)).normalize();
      if (!real.startsWith(folder) || real.equals(folder)) {
        throw refused(by, name, "which is not one file in the same folder", COPY, null);
      }
    } catch (IOException e) {
      throw refused(by, name, "which cannot be looked up (" + AtomicFile.reason(e) + ")", COPY, e);
    }
    if (!Files.exists(file)) {
      throw refused(by, name, "but there is no such file", COPY, null);
    }
    return check(file);
  }

  private static UserException refused(
      Path by, String name, String why, String remedy, Exception cause) {
    return new UserException(
        "%s: names the file '%s', %s; %s".formatted(by, Excerpt.of(name), why, remedy), cause);
  }
}
