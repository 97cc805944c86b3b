package juxta.launcher.search;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import juxta.api.UserException;

/** Lets one process at a time change an index; the system frees it when the process ends. */
final class UpdateLock implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final FileChannel channel;

  private UpdateLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until no other process has it, and says so if that is not at once. */
  static UpdateLock of(Path folder, Consumer<String> say) {
    Path file = folder.resolve("lock");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (attempt(channel).isEmpty()) {
          say.accept("another process is updating the index in " + folder + "; waiting for it");
          while (attempt(channel).isEmpty()) {
            Thread.sleep(PAUSE_MILLIS);
          }
        }
        return new UpdateLock(channel);
      } catch (IOException | InterruptedException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserException(
          "cannot write "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + "); the index is kept in the run's folder, make that writable",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("stopped while waiting for " + file, e);
    }
  }

  private static Optional<FileLock> attempt(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // another thread of this process has it
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(UpdateLock.class.getName())
          .log(System.Logger.Level.DEBUG, "lock not closed", e);
    }
  }
}
