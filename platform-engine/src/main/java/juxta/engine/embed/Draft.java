package juxta.engine.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.FolderLock;
import juxta.engine.run.Folders;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Json;

/**
 * A target in the making, in a folder that one process at a time has. What is written lasts from
 * the next {@link #save} on; what a killed process wrote after its last one is cut off again. When
 * all is there, each file is moved to its place, that with the numbers last.
 */
final class Draft implements AutoCloseable {
  private static final String MAIN = "main";
  private static final String TABLE = "table";
  private static final String STATE = "state.json";

  private final Target target;
  private final Path folder;
  private final FolderLock lock;
  private Optional<State> state;
  private Optional<FileChannel> main = Optional.empty();
  private Optional<FileChannel> table = Optional.empty();

  private Draft(Target target, FolderLock lock) {
    this.target = target;
    this.folder = target.draft();
    this.lock = lock;
    this.state = read().filter(this::isThere);
  }

  /**
   * Takes a target's draft.
   *
   * @param target where rows go
   * @param force whether what is there may be written over
   * @throws UserException if something is there and may not, or another process makes it
   */
  static Draft open(Target target, boolean force) {
    FolderLock lock = FolderLock.take(target.draft());
    Draft draft = null;
    try {
      draft = new Draft(target, lock);
      boolean moving = draft.state.filter(State::isWhole).isPresent();
      if (!force && !moving) {
        target.refuseExisting();
      }
      return draft;
    } catch (RuntimeException e) {
      if (draft == null) {
        lock.close();
      } else {
        draft.close();
      }
      throw e;
    }
  }

  private Optional<State> read() {
    Path file = folder.resolve(STATE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    return Optional.of(read(file));
  }

  /** Reads the state of a draft or part. */
  static State read(Path file) {
    State found;
    try {
      found = Json.read(file, State.class);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + Folders.reason(e) + "); delete it and embed again", e);
    }
    if (found.format() > State.FORMAT) {
      throw new UserException(
          file + ": was made by a newer version of Juxta; go on with that one, or delete it");
    }
    Subject subject = found.subject();
    if (subject == null || subject.splits() == null || found.shape() == null) {
      throw new UserException(file + ": is not whole; delete it and embed again");
    }
    return found;
  }

  /** Whether what the state tells of is there: moved already, or as long as it says. */
  private boolean isThere(State read) {
    if (read.isWhole() && Files.notExists(folder.resolve(MAIN))) {
      return Files.exists(target.main());
    }
    try {
      return Files.size(folder.resolve(MAIN)) >= read.bytes()
          && (read.isWhole() || isLong(folder.resolve(TABLE), read.tableBytes()));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isLong(Path file, long bytes) throws IOException {
    return bytes == 0 || Files.size(file) >= bytes;
  }

  /** How far it was when it was last saved. */
  Optional<State> state() {
    return state;
  }

  /** Refuses to go on with what another model, or other data, began. */
  void check(Subject subject) {
    List<String> differences =
        state.map(before -> before.subject().differences(subject)).orElse(List.of());
    if (!differences.isEmpty()) {
      throw new UserException(
          folder
              + " holds an unfinished file that differs in "
              + String.join(", ", differences)
              + "; end it with the command that began it, delete the folder, or choose another"
              + " --out");
    }
  }

  /** Opens the files behind what was saved. */
  void goOn() {
    try {
      if (state.isEmpty()) {
        Files.deleteIfExists(folder.resolve(STATE)); // of files that are not there any more
      }
      main = Optional.of(channel(MAIN, state.map(State::bytes).orElse(0L)));
      if (target.form().hasTable()) {
        table = Optional.of(channel(TABLE, state.map(State::tableBytes).orElse(0L)));
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private FileChannel channel(String name, long bytes) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      return channel.truncate(bytes).position(bytes);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes what stands before the rows. */
  void begin(Subject subject, long rows, List<Long> shape) {
    append(target.form().header(subject, rows, State.columns(shape)), RowNames.headerLine());
  }

  /** Writes rows. */
  void append(ByteBuffer numbers, byte[] names) {
    try {
      AtomicFile.writeAll(main.orElseThrow(), numbers);
      if (table.isPresent()) {
        AtomicFile.writeAll(table.get(), ByteBuffer.wrap(names));
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Copies a part of a file behind what is there. */
  void append(FileChannel from, long position, boolean numbers) throws IOException {
    FileChannel to = numbers ? main.orElseThrow() : table.orElseThrow();
    long size = from.size();
    for (long at = position; at < size; ) {
      try {
        at += from.transferTo(at, size - at, to);
      } catch (IOException e) {
        throw cannotWrite(e);
      }
    }
  }

  /** Makes what was written last. */
  void save(Subject subject, long rows, long wanted, List<Long> shape) {
    try {
      State now =
          new State(
              State.FORMAT,
              subject,
              target.shard().index(),
              target.shard().count(),
              rows,
              wanted,
              shape,
              length(main),
              length(table));
      byte[] json = Json.bytes(now);
      AtomicFile.replace(
          folder.resolve(STATE), channel -> AtomicFile.writeAll(channel, ByteBuffer.wrap(json)));
      state = Optional.of(now);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static long length(Optional<FileChannel> channel) throws IOException {
    if (channel.isEmpty()) {
      return 0;
    }
    channel.get().force(false);
    return channel.get().position();
  }

  private UserException cannotWrite(IOException e) {
    long rows = state.map(State::rows).orElse(0L);
    return new UserException(
        "cannot write "
            + target.main()
            + " ("
            + Folders.reason(e)
            + "); make room and say the same again, it goes on at row "
            + rows
            + ", or choose another --out",
        e);
  }

  /** Moves all to its place; what a killed process has moved already stays there. */
  Embedded publish() {
    State whole = state.orElseThrow();
    try {
      closeFiles();
      if (!target.shard().isWhole() && Files.exists(folder.resolve(MAIN))) {
        byte[] json = Json.bytes(whole);
        AtomicFile.replace(
            target.note(), channel -> AtomicFile.writeAll(channel, ByteBuffer.wrap(json)));
      }
      move(TABLE, target.table());
      move(MAIN, target.main());
      Files.deleteIfExists(folder.resolve(STATE));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return Embedded.of(whole, target);
  }

  private void move(String name, Path to) throws IOException {
    if (Files.exists(folder.resolve(name))) {
      Folders.publish(folder.resolve(name), to);
    }
  }

  private void closeFiles() throws IOException {
    if (main.isPresent()) {
      main.get().close();
    }
    if (table.isPresent()) {
      table.get().close();
    }
  }

  /** Gives the folder back; one without anything to go on with is removed. */
  @Override
  public void close() {
    try {
      closeFiles();
      if (Files.notExists(folder.resolve(STATE))) {
        Files.deleteIfExists(folder.resolve(MAIN));
        Files.deleteIfExists(folder.resolve(TABLE));
      }
      lock.close();
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // there is something to go on with
    } catch (IOException e) {
      System.getLogger(Draft.class.getName())
          .log(System.Logger.Level.DEBUG, "draft not removed", e);
    }
  }
}
