package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import juxta.api.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // locks are held, not used
class FolderLockTest {
  @TempDir Path root;

  private Path folder;
  private Path file;
  private final LockHolder here = LockHolder.here();

  @BeforeEach
  void name() {
    folder = root.resolve("run");
    file = folder.resolve(FolderLock.NAME);
  }

  @Test
  void aFolderInUseIsRefusedWithTheProcessThatHasIt() {
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThat(file).isRegularFile();
      assertThatThrownBy(() -> FolderLock.take(folder))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              folder + " is in use by process " + here.pid() + " on " + here.host() + " since 2")
          .hasMessageEndingWith("; wait until it ends, or choose another folder");
      assertThat(FolderLock.inUse(folder)).isPresent();
    }
    assertThat(FolderLock.inUse(folder)).isEmpty();
    assertThat(folder).as("made for the lock alone").doesNotExist();
  }

  @Test
  void whatWasWrittenStays() throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      Files.writeString(folder.resolve("run.json"), "{}");
    }
    assertThat(folder).isDirectoryContaining("glob:**/run.json");
    assertThat(file).doesNotExist();
  }

  @Test
  void aProcessThatIsGoneIsNoObstacle() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    write(new LockHolder(ended.pid(), here.host(), here.space(), 5_000_000, 0).text());
    taken();
  }

  @Test
  void anotherProcessMayHaveTheNumberByNow() throws IOException {
    write(new LockHolder(here.pid(), here.host(), here.space(), here.started() - 60_000, 0).text());
    taken();
  }

  @Test
  void aProcessOfAnotherMachineIsNamedAndHowToGoOnWithoutIt() throws IOException {
    for (LockHolder other :
        List.of(
            new LockHolder(7, "elsewhere", here.space(), 0, 0),
            new LockHolder(7, here.host(), "pid:[1]", 0, 0))) {
      write(other.text());
      assertThatThrownBy(() -> FolderLock.attempt(folder))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("in use by process 7 on " + other.host() + " since ")
          .hasMessageEndingWith("; if it no longer runs, delete " + file);
      Files.delete(file);
    }
  }

  @Test
  void aFileThatWasNeverFilledCountsForAMoment() throws IOException {
    write("");
    assertThat(FolderLock.attempt(folder)).isEmpty();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    taken();
  }

  @Test
  void whatIsNoFileIsNamedAndNotFollowed() throws Exception {
    Files.createDirectories(folder);
    Path target = Files.writeString(root.resolve("target"), "kept");
    Files.createSymbolicLink(file, target);
    refused("is a link");
    assertThat(target).hasContent("kept");
    Files.delete(file);
    Files.createSymbolicLink(file, root.resolve("nowhere"));
    refused("is a link");
    assertThat(root.resolve("nowhere")).doesNotExist();
    Files.delete(file);
    Files.createDirectory(file);
    refused("is a folder");
    Files.delete(file);
    if (new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0) {
      refused("is no ordinary file");
    }
  }

  @Test
  void ofManyThatFindAStaleLockOneGetsTheFolder() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        write(new LockHolder(here.pid(), here.host(), here.space(), 5_000_000, 0).text());
        Callable<Optional<FolderLock>> attempt = () -> FolderLock.attempt(folder);
        List<FolderLock> got = new java.util.ArrayList<>();
        for (Future<Optional<FolderLock>> one :
            threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> attempt).toList())) {
          one.get().ifPresent(got::add);
        }
        assertThat(got).hasSizeLessThanOrEqualTo(1);
        got.forEach(FolderLock::close);
        Files.deleteIfExists(file);
        assertThat(folder).isEmptyDirectory();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void refused(String what) {
    assertThatThrownBy(() -> FolderLock.take(folder))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file + " " + what + ", where Juxta notes which process uses the folder; remove it");
  }

  private void taken() throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThat(LockHolder.parse(Files.readString(file)))
          .get()
          .extracting(LockHolder::pid)
          .isEqualTo(here.pid());
    }
    assertThat(folder).isEmptyDirectory();
  }

  private void write(String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, text);
  }
}
