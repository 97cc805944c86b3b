package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  static byte[] idx(byte[] elements, int... sizes) {
    byte[] header = new byte[4 + 4 * sizes.length];
    java.nio.ByteBuffer numbers = java.nio.ByteBuffer.wrap(header).putInt(0x0800 + sizes.length);
    for (int size : sizes) {
      numbers.putInt(size);
    }
    return Bytes.join(header, elements);
  }

  static byte[] gzip(byte[] bytes) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
        packed.write(bytes);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, byte[] content) {
    return Bytes.write(folder.resolve(name), content);
  }

  @Test
  void readsWhatWasWritten() {
    Random random = new Random(4);
    for (int round = 0; round < 20; round++) {
      int[] sizes = {1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9)};
      byte[] elements = Bytes.random(sizes[0] * sizes[1] * sizes[2], round);
      Idx plain = Idx.read(write("a", idx(elements, sizes)), 3);
      Idx packed = Idx.read(write("a.gz", gzip(idx(elements, sizes))), 3);
      assertThat(plain.sizes()).isEqualTo(List.of(sizes[0], sizes[1], sizes[2]));
      assertThat(plain.elements()).isEqualTo(elements);
      assertThat(packed.elements()).isEqualTo(elements);
    }
  }

  @Test
  void everyCutIsFound() {
    byte[] whole = idx(Bytes.random(24, 1), 2, 3, 4);
    for (int length = 0; length < whole.length; length++) {
      Path file = write("a", Bytes.first(whole, length));
      assertThatThrownBy(() -> Idx.read(file, 3))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": ends at offset " + length + ", but ")
          .hasMessageEndingWith("; remove the file and download it again");
    }
    byte[] packed = gzip(whole);
    for (int length = 0; length < packed.length; length++) {
      Path file = write("a.gz", Bytes.first(packed, length));
      assertThatThrownBy(() -> Idx.read(file, 3))
          .isInstanceOf(UserException.class)
          .hasMessage(
              file
                  + ": the packed file is cut off after "
                  + length
                  + " bytes; remove the file and download it again");
    }
  }

  @Test
  void wrongMagicAndImpossibleDimensionsAreMistakes() {
    Path labels = write("a", idx(new byte[8], 8));
    assertThatThrownBy(() -> Idx.read(labels, 3))
        .hasMessageStartingWith(
            labels + ": begins with 0x00000801 at offset 0 instead of 0x00000803");
    for (int[] sizes : new int[][] {{0, 1, 1}, {-5, 2, 2}, {1 << 30, 1 << 30, 1 << 30}}) {
      Path file = write("b", idx(new byte[8], sizes));
      assertThatThrownBy(() -> Idx.read(file, 3))
          .hasMessageStartingWith(file + ": the header claims impossible dimensions");
    }
  }

  @Test
  void aHeaderThatPromisesMuchTakesNoMemory() {
    Path file = write("a", idx(new byte[8], 1000, 1000, 1000));
    assertThatThrownBy(() -> Idx.read(file, 3)).hasMessageContaining("ends at offset 24");
  }

  @Test
  void bytesAfterTheEndAreMistakes() {
    Path file = write("a", idx(new byte[9], 8));
    assertThatThrownBy(() -> Idx.read(file, 1))
        .hasMessageStartingWith(file + ": goes on at offset 16 where its header promises the end");
  }

  @Test
  void damagedPackingIsAMistake() {
    Path file = write("a.gz", "no gzip at all".getBytes());
    assertThatThrownBy(() -> Idx.read(file, 1))
        .hasMessage(
            file
                + ": cannot be read (ZipException: Not in GZIP format); remove the file and download"
                + " it again");
  }

  /** Nobody writes into it: whoever reads it waits for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void pipesAreRefused(@TempDir Path place) throws Exception {
    Path pipe = place.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Idx.read(pipe, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(pipe + ": cannot be read: it is a pipe, a device or the like");
  }
}
