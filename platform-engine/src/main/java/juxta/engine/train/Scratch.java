package juxta.engine.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.UserException;

/**
 * A folder for a moment's files, gone with the process. It lies in memory where the machine has
 * such a folder with room, and belongs to this user alone.
 *
 * @param folder the folder
 */
record Scratch(Path folder) {
  private static final String PREFIX = "juxta-worker-";
  private static final String LOCK = "lock";
  private static final Path MEMORY = Path.of("/dev/shm");

  /** What the largest data that are held on a device take, and what is read ahead. */
  private static final long ROOM = Feed.RESIDENT_LIMIT + (1L << 30);

  /** Makes one, and removes those of processes that were killed. */
  static Scratch make() {
    Path parent = hasRoom(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    try {
      removeLeft(parent);
      Path folder = Files.createTempDirectory(parent, PREFIX);
      Optional<FileChannel> held = held(folder);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    remove(folder);
                    held.ifPresent(Scratch::close);
                  }));
      return new Scratch(folder);
    } catch (IOException e) {
      throw new UserException(
          "cannot make a folder for records in "
              + parent
              + " ("
              + e.getMessage()
              + "); name another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
          e);
    }
  }

  private static boolean hasRoom(Path folder) {
    try {
      return Files.isDirectory(folder)
          && Files.isWritable(folder)
          && Files.getFileStore(folder).getUsableSpace() > ROOM;
    } catch (IOException e) {
      return false;
    }
  }

  /** The lock of a folder, for as long as the process lives; empty if another one has it. */
  private static Optional<FileChannel> held(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // this process has it
    }
    channel.close();
    return Optional.empty();
  }

  private static void removeLeft(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder :
          folders.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList()) {
        if (Files.exists(folder.resolve(LOCK)) && Files.isWritable(folder)) {
          Optional<FileChannel> free = held(folder);
          if (free.isPresent()) {
            remove(folder);
            close(free.get());
          }
        }
      }
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      return; // the next worker tries again
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      return; // it ends with the process
    }
  }
}
