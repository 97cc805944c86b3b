package juxta.engine.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import juxta.api.UserException;

/**
 * Keeps a folder for one process: a file in it says which process that is. Locks of the file system
 * itself would end with the process, but on network file systems they may hold nothing; so the file
 * is made as one that must not exist yet, and a process that is gone is known by its number and the
 * time of its start.
 */
public final class FolderLock implements AutoCloseable {
  /** Name of the file. */
  public static final String NAME = "juxta.lock";

  private static final int MOST_BYTES = 4096;

  /** How long a process may take between making the file and filling it. */
  private static final Duration FILLING = Duration.ofSeconds(10);

  private final Path file;
  private final String text;
  private final Optional<Path> made;

  private FolderLock(Path file, String text, Optional<Path> made) {
    this.file = file;
    this.text = text;
    this.made = made;
  }

  /**
   * Takes a folder, which is made where it is not there.
   *
   * @param folder the folder
   * @return gives it back when it is closed
   * @throws UserException if another process has it, naming the process, or if it cannot be written
   */
  public static FolderLock take(Path folder) {
    return attempt(folder).orElseThrow(() -> new UserException(inUse(folder).orElse(busy(folder))));
  }

  /**
   * Takes a folder unless another process of this machine has it.
   *
   * @param folder the folder
   * @return gives it back when it is closed; empty if it is in use
   * @throws UserException if a process of another machine has it, or if it cannot be written
   */
  public static Optional<FolderLock> attempt(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Optional<Path> made = Files.isDirectory(folder) ? Optional.empty() : Optional.of(folder);
      Files.createDirectories(folder);
      for (int tries = 0; tries < 3; tries++) {
        String own = LockHolder.here().text();
        if (write(file, own)) {
          return Optional.of(new FolderLock(file, own, made));
        }
        Optional<String> text = read(file);
        if (text.isPresent() && !isStale(file, text.get())) {
          LockHolder.parse(text.get())
              .filter(LockHolder::isElsewhere)
              .ifPresent(
                  holder -> {
                    throw new UserException(words(folder, file, holder));
                  });
          return Optional.empty();
        }
        if (text.isPresent()) {
          remove(file, text.get());
        }
      }
      return Optional.empty(); // others are as eager
    } catch (IOException e) {
      throw new UserException(
          "cannot write "
              + file
              + " ("
              + Folders.reason(e)
              + "); make its folder writable, or choose another",
          e);
    }
  }

  /** Makes the file; false if something lies there. */
  private static boolean write(Path file, String text) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      Files.writeString(file, text, LinkOption.NOFOLLOW_LINKS, StandardOpenOption.WRITE);
      return true;
    } catch (IOException e) {
      Files.deleteIfExists(file); // the disk is full
      throw e;
    }
  }

  /**
   * Whether a process has a folder.
   *
   * @param folder the folder, which need not be there
   * @return a line that names the process and says what to do; empty if none has it
   * @throws UserException if what lies in the place of the file is no file
   */
  public static Optional<String> inUse(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Optional<String> text = read(file);
      return text.isEmpty() || isStale(file, text.get())
          ? Optional.empty()
          : Optional.of(
              LockHolder.parse(text.get())
                  .map(holder -> words(folder, file, holder))
                  .orElse(busy(folder)));
    } catch (IOException e) {
      throw new UserException(
          "cannot read " + file + " (" + Folders.reason(e) + "); choose another folder", e);
    }
  }

  private static String busy(Path folder) {
    return folder + " is in use by another process; wait until it ends, or choose another folder";
  }

  private static String words(Path folder, Path file, LockHolder holder) {
    return folder
        + " is in use by "
        + holder.words()
        + (holder.isElsewhere()
            ? "; wait until it ends or choose another folder; if it no longer runs, delete " + file
            : "; wait until it ends, or choose another folder");
  }

  /**
   * The file's text, empty if there is no file; whatever is no file is neither followed nor read.
   */
  private static Optional<String> read(Path file) throws IOException {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!is.isRegularFile()) {
        String what =
            is.isSymbolicLink() ? "a link" : is.isDirectory() ? "a folder" : "no ordinary file";
        throw new UserException(
            file + " is " + what + ", where Juxta notes which process uses the folder; remove it");
      }
      try (InputStream in =
          Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static boolean isStale(Path file, String text) throws IOException {
    Optional<LockHolder> holder = LockHolder.parse(text);
    if (holder.isPresent()) {
      return holder.get().isGone();
    }
    try {
      Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
      return written.plus(FILLING).isBefore(Instant.now()); // killed before it had filled the file
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Removes the file of a process that is gone; one process at a time, so that none is new. */
  private static void remove(Path file, String stale) throws IOException {
    Path removing = file.resolveSibling(NAME + ".removing");
    try {
      Files.createFile(removing);
    } catch (FileAlreadyExistsException e) {
      if (isStale(removing, "")) {
        Files.deleteIfExists(removing); // killed while it removed
      }
      return;
    }
    try {
      if (read(file).equals(Optional.of(stale))) {
        Files.deleteIfExists(file);
      }
    } finally {
      Files.deleteIfExists(removing);
    }
  }

  /** Gives the folder back; one that was made for the lock and stayed empty is removed. */
  @Override
  public void close() {
    try {
      if (read(file).equals(Optional.of(text))) {
        Files.deleteIfExists(file);
      }
      if (made.isPresent()) {
        Files.deleteIfExists(made.get());
      }
    } catch (DirectoryNotEmptyException e) {
      return; // it was made use of
    } catch (IOException | UserException e) {
      System.getLogger(FolderLock.class.getName())
          .log(
              System.Logger.Level.DEBUG, "lock not removed", e); // stale from this process's end on
    }
  }
}
