package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by whoever changes the plug-in folder; the system lets go of it when a process dies. */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lock";
  private static final int PAUSE_MILLIS = 50;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes it; empty if another process, or another command of this one, has it for too long. */
  static Optional<FolderLock> take(Path folder, long patienceMillis) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long end = System.nanoTime() + patienceMillis * 1_000_000;
    try {
      do {
        if (tryLock(channel)) {
          return Optional.of(new FolderLock(channel));
        }
        Thread.sleep(PAUSE_MILLIS);
      } while (System.nanoTime() < end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
