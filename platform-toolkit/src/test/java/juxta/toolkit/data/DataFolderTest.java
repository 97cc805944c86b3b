package juxta.toolkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import juxta.api.UserException;
import juxta.toolkit.io.Digest;
import juxta.toolkit.io.PlainJson;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void linesHaveNoByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("train.list"), "\uFEFFone\r\n\r\n two \r\n");
    assertThat(DataFolder.lines(file)).containsExactly("one", "two");
  }

  /** Nobody writes into it: whoever reads it waits for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void pipesAreRefused() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    List<ThrowingCallable> readers =
        List.of(
            () -> DataFolder.read(pipe),
            () -> DataFolder.lines(pipe),
            () -> PlainJson.read(pipe),
            () -> Digest.sha256().add(pipe));
    for (ThrowingCallable reader : readers) {
      assertThatThrownBy(reader)
          .isInstanceOf(UserException.class)
          .hasMessage(
              pipe
                  + ": cannot be read: it is a pipe, a device or the like, not a file; remove it, or"
                  + " put a plain file in its place");
    }
  }

  @Test
  void absentFilesAreNamed() {
    assertThatThrownBy(() -> DataFolder.read(folder.resolve("a")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.resolve("a") + ": cannot be read (NoSuchFileException");
  }
}
