package juxta.toolkit.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import juxta.api.UserException;

/** Writes files so that a crash leaves the old one or the new one, never a part. */
public final class AtomicFile {
  private static final String DRAFT = ".tmp";

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param channel an empty file, at its start
     * @throws IOException if writing fails
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file under a temporary name, waits until it is on the disk, and renames it. Missing
   * folders are made.
   *
   * @param file where it goes; a file that is there is replaced
   * @param content writes it
   * @throws UserException if the file cannot be written; what was there before is untouched
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new UserException("cannot write " + file + ": it is a folder; name a file");
    }
    try {
      replace(target, content);
    } catch (IOException e) {
      throw new UserException(
          "cannot write "
              + file
              + " ("
              + reason(e)
              + "); free some space or choose a place that can be written to",
          e);
    }
  }

  /**
   * The same for those who have words of their own for what is wrong.
   *
   * @param file where it goes; a file that is there is replaced
   * @param content writes it
   * @throws IOException if the file cannot be written; what was there before is untouched
   */
  public static void replace(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    // A name of its own: two may write at once, and what a killed one leaves is in nobody's way.
    Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + DRAFT);
    Files.createDirectories(folder);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(folder);
  }

  /**
   * Whether a file is what a killed process left of one that it wrote here.
   *
   * @param found a file in a folder
   * @param name the name of the file that was to be written
   * @return false for all that has another name than a draft of it
   */
  public static boolean isDraft(Path found, String name) {
    String own = found.getFileName().toString();
    return own.startsWith("." + name + ".") && own.endsWith(DRAFT);
  }

  /**
   * Writes bytes as a whole file, see {@link #write(Path, Content)}.
   *
   * @param file where they go; a file that is there is replaced
   * @param bytes all of the file
   * @throws UserException if the file cannot be written; what was there before is untouched
   */
  public static void write(Path file, byte[] bytes) {
    write(file, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
  }

  /**
   * Writes a text as a whole file in UTF-8, see {@link #write(Path, Content)}.
   *
   * @param file where it goes; a file that is there is replaced
   * @param text all of the file
   * @throws UserException if the file cannot be written; what was there before is untouched
   */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes all of a buffer; a channel alone may write a part.
   *
   * @param channel where to
   * @param bytes what is written, from position to limit
   * @throws IOException if writing fails
   */
  public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The rename itself is on the disk only when the folder is; Windows cannot ask for that. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      System.getLogger(AtomicFile.class.getName())
          .log(System.Logger.Level.DEBUG, "folder not synced: " + folder, e);
    }
  }

  static String reason(IOException e) {
    String message =
        e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("");
    return e.getClass().getSimpleName() + message;
  }
}
