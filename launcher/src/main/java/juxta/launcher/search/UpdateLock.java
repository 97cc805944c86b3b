package juxta.launcher.search;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import juxta.api.UserException;
import juxta.engine.run.FolderLock;

/** Lets one process at a time change an index. */
final class UpdateLock {
  private static final long PAUSE_MILLIS = 50;

  private UpdateLock() {}

  /** Waits until no other process has the folder, and says so if that is not at once. */
  static FolderLock of(Path folder, Consumer<String> say) {
    Optional<FolderLock> lock = FolderLock.attempt(folder);
    if (lock.isEmpty()) {
      say.accept("another process is updating the index in " + folder + "; waiting for it");
    }
    try {
      while (lock.isEmpty()) {
        Thread.sleep(PAUSE_MILLIS);
        lock = FolderLock.attempt(folder);
      }
      return lock.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("stopped while waiting for the index in " + folder, e);
    }
  }
}
