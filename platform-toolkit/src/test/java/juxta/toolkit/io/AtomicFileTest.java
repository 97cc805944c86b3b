package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void theFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void whatFailsLeavesTheOldFileAlone() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      AtomicFile.writeAll(channel, ByteBuffer.wrap(new byte[9]));
                      throw new IOException("no space left");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.txt (IOException: no space left)");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  /** Both have begun before one of them ends: neither writes into the other's file. */
  @Test
  void twoThatWriteAtOnceAreNotMixed() throws IOException {
    CyclicBarrier both = new CyclicBarrier(2);
    Path file = folder.resolve("a.txt");
    List<Thread> threads =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    new Thread(
                        () ->
                            AtomicFile.write(
                                file,
                                channel -> {
                                  for (int k = 0; k < 10; k++) {
                                    await(both);
                                    byte[] one = {(byte) ('a' + i)};
                                    AtomicFile.writeAll(channel, ByteBuffer.wrap(one));
                                  }
                                })))
            .toList();
    threads.forEach(Thread::start);
    threads.forEach(AtomicFileTest::join);
    assertThat(Files.readString(file)).isIn("a".repeat(10), "b".repeat(10));
    assertThat(names()).containsExactly("a.txt");
  }

  private static void await(CyclicBarrier both) {
    try {
      both.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
