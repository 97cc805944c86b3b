package juxta.engine.run;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Json;

/** Files and folders that are there whole or not at all. */
public final class Folders {
  private Folders() {}

  /**
   * Writes a text: afterwards the file has the old content or the new, never a part.
   *
   * @param file where to
   * @param text its new content
   * @throws IOException if that fails
   */
  public static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    AtomicFile.replace(file, channel -> AtomicFile.writeAll(channel, bytes));
  }

  /**
   * Moves a finished file or folder to its place in one step.
   *
   * @param draft where it was made, on the same disk
   * @param target its place
   * @throws IOException if that fails
   */
  public static void publish(Path draft, Path target) throws IOException {
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(target.toAbsolutePath().getParent());
  }

  /**
   * Waits until a file or a folder's entries are on the disk.
   *
   * @param path file or folder
   * @throws IOException if that fails
   */
  public static void force(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && System.getProperty("os.name").startsWith("Windows")) {
      return; // Windows cannot open folders; it orders renames by itself
    }
    try (FileChannel channel =
        FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Deletes a folder and everything in it, if it is there.
   *
   * @param folder the folder
   * @throws IOException if that fails
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * Why a file could not be read or written, in words.
   *
   * @param e what was thrown
   * @return the reason, without the name of a class where there is another
   */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getReason();
    }
    if (e instanceof JsonProcessingException json) {
      JsonLocation at = json.getLocation();
      String place =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      return place + Json.reason(json);
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : oneLine(e.getMessage());
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
