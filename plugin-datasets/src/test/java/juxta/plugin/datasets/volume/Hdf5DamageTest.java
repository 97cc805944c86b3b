package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.toolkit.data.DataFolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that someone damaged or made up: each is read or refused, soon and in one line. */
@Timeout(600)
class Hdf5DamageTest {
  private static final int FLIPPED = 2048;

  @TempDir Path folder;

  private final LabelledScan scan = Scans.random(4, 5, 6, 1);

  private byte[] contiguous() {
    return DataFolder.read(Scans.hdf5(folder.resolve("whole.h5"), scan));
  }

  private byte[] chunked(boolean shuffled, int... chunk) {
    var options = DatasetCreationOptions.builder().chunkDimensions(chunk);
    Path file = folder.resolve("whole.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      DatasetCreationOptions filters = (shuffled ? options.shuffle() : options).deflate().build();
      hdf.putDataset("image", Scans.image(scan), filters);
      hdf.putDataset("label", Scans.label(scan), filters);
    }
    return DataFolder.read(file);
  }

  /** Mends the checksums of all object headers, as one who means harm would. */
  private static byte[] sealed(byte[] bytes) {
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] mark = "OHDR".getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < bytes.length - 10; at++) {
      if (Arrays.equals(mark, Arrays.copyOfRange(bytes, at, at + 4))) {
        long end = at + 10L + numbers.getInt(at + 6);
        if (end > at && end <= bytes.length - 4) {
          byte[] header = Arrays.copyOfRange(bytes, at, (int) end);
          numbers.putInt((int) end, JenkinsLookup3HashLittle.hash(header));
        }
      }
    }
    return bytes;
  }

  /** How many voxels are read. */
  private int read(byte[] bytes) {
    Path file = Bytes.write(folder.resolve("damaged.h5"), bytes);
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> Hdf5.read(file, "image", false).voxels().length);
  }

  private boolean readOrRefused(byte[] bytes) {
    try {
      assertThat(read(bytes)).isPositive();
      return true;
    } catch (UserException e) {
      assertThat(e.problems()).hasSize(1);
      assertThat(e.getMessage())
          .startsWith(folder.resolve("damaged.h5") + ": ")
          .doesNotContain("\n");
      return false;
    }
  }

  private void flip(byte[] whole, boolean seal) {
    assertThat(readOrRefused(whole)).isTrue();
    int[] outcomes = new int[2];
    for (int at = 0; at < Math.min(FLIPPED, whole.length); at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (at % 3 == 0 ? 0xFF : 1 << at % 8);
      outcomes[readOrRefused(seal ? sealed(damaged) : damaged) ? 0 : 1]++;
    }
    assertThat(outcomes[0]).isPositive();
    assertThat(outcomes[1]).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyFlippedByteIsReadOrRefused(boolean seal) {
    flip(contiguous(), seal);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyFlippedByteOfChunksIsReadOrRefused(boolean seal) {
    flip(chunked(false, 4, 5, 6), seal);
    flip(chunked(true, 2, 3, 4), seal);
  }

  @Test
  void theTestMendsChecksumsAsTheLibraryWritesThem() {
    byte[] whole = chunked(true, 2, 3, 4);
    assertThat(sealed(whole.clone())).isEqualTo(whole);
    assertThat(Hdf5.read(folder.resolve("whole.h5"), "image", false).voxels())
        .containsExactly(scan.scan().voxels());
  }

  /** Bytes of the sizes of a data set, each of eight bytes. */
  private static byte[] sizes(long... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * sizes.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long size : sizes) {
      bytes.putLong(size);
    }
    return bytes.array();
  }

  private static int find(byte[] bytes, byte[] part) {
    for (int at = 0; at <= bytes.length - part.length; at++) {
      if (Arrays.equals(part, Arrays.copyOfRange(bytes, at, at + part.length))) {
        return at;
      }
    }
    throw new AssertionError("the file does not hold " + Arrays.toString(part));
  }

  /** The file with other bytes in the place of the first such ones. */
  private static byte[] replaced(byte[] bytes, byte[] part, byte[] by) {
    byte[] changed = bytes.clone();
    System.arraycopy(by, 0, changed, find(bytes, part), by.length);
    return sealed(changed);
  }

  @Test
  void sizesThatTheFileIsLongEnoughForButMemoryIsNot() {
    // 2 GiB of floats, more than the tests' heap has room for, and a file that such could lie in.
    byte[] claims = replaced(chunked(false, 4, 5, 6), sizes(4, 5, 6), sizes(812, 812, 812));
    byte[] padded = Bytes.first(claims, 812 * 812 * 812 / 1000);
    assertThatThrownBy(() -> read(padded))
        .isInstanceOf(UserException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class)
        .hasMessage(
            ("%s: reading 'image' takes more memory than Java has, though the file is of 535387"
                    + " bytes; copy or download it again, remove it, or give Java more with"
                    + " JUXTA_JAVA_OPTIONS=-Xmx8g")
                .formatted(folder.resolve("damaged.h5")));
  }

  @Test
  void chunksThatAskForGigabytesAreRefusedBeforeMemoryIsTaken() {
    // In the layout message: three sizes and the bytes of a number, all as wide as this file needs.
    byte[] damaged = chunked(false, 4, 5, 6);
    byte[] wide = replaced(damaged, Bytes.of(4, 1, 4, 5, 6, 4), Bytes.of(4, 1, 250, 250, 250, 4));
    assertThatThrownBy(() -> read(wide))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "a chunk of 'image' has the sizes [250, 250, 250], which cannot lie in a file");
  }

  @Test
  void numbersShuffledInAnotherWidthAreRefused() {
    byte[] whole = chunked(true, 2, 3, 4);
    int filter = find(whole, Bytes.of(2, 0, 0, 0, 1, 0, 4, 0, 0, 0));
    byte[] damaged = whole.clone();
    damaged[filter + 9] = 0x40;
    assertThatThrownBy(() -> read(sealed(damaged)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'image' holds numbers of 4 bytes, shuffled as if of [1073741828]");
  }

  @Test
  void headersThatContinueInThemselvesAreRefused() {
    // The top group's header goes on in a block behind the file, and that block in itself.
    byte[] whole = contiguous();
    byte[] looped = Bytes.first(whole, whole.length + 28);
    ByteBuffer numbers = ByteBuffer.wrap(looped).order(ByteOrder.LITTLE_ENDIAN);
    int message = find(whole, Bytes.of(2, 18, 0, 0));
    numbers.put(message, (byte) 0x10).putLong(message + 4, whole.length);
    numbers.putLong(message + 12, 28).position(whole.length);
    numbers.put("OCHK".getBytes(StandardCharsets.US_ASCII)).put(Bytes.of(0x10, 16, 0, 0));
    numbers.putLong(whole.length).putLong(28);
    byte[] block = Arrays.copyOfRange(looped, whole.length, whole.length + 24);
    numbers.putInt(JenkinsLookup3HashLittle.hash(block));
    assertThatThrownBy(() -> read(sealed(looped)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("damaged.h5: is no readable HDF5 file (")
        .hasMessageContaining("an object's header is longer than the file");
  }

  /** A type that is a list of words for a type that is a list of words, and so on. */
  @Test
  void typesInTypesBeyondTheStackAreRefused() throws InterruptedException {
    byte[] whole = contiguous();
    int depth = 8190;
    int space = 8 + 8 + 24;
    int layout = 8 + 24;
    int messages = space + layout + 8 + 8 * depth;
    ByteBuffer header = ByteBuffer.allocate(16 + messages).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 1).putShort(2, (short) 3).putInt(4, 1).putInt(8, messages).position(16);
    header.putShort((short) Hdf5Header.SPACE).putShort((short) 32).putInt(0);
    header.put(Bytes.of(1, 3, 0, 0, 0, 0, 0, 0)).put(sizes(4, 5, 6));
    header.putShort((short) Hdf5Header.LAYOUT).putShort((short) 24).putInt(0);
    header.put(Bytes.of(3, 1)).put(new byte[22]);
    header.putShort((short) Hdf5Header.TYPE).putShort((short) (8 * depth)).putInt(0);
    for (int i = 0; i < depth; i++) {
      header.put(Bytes.of(0x18, 1, 0, 0, 1, 0, 0, 0));
    }
    byte[] deep = Bytes.first(whole, whole.length + header.capacity());
    System.arraycopy(header.array(), 0, deep, whole.length, header.capacity());
    Path file = Bytes.write(folder.resolve("damaged.h5"), linked(deep, "image", whole.length));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> thrown.set(catchThrowable(() -> Hdf5.read(file, "image", false))),
            "small stack",
            1 << 18);
    small.start();
    small.join();
    assertThat(thrown.get())
        .isInstanceOf(UserException.class)
        .hasRootCauseInstanceOf(StackOverflowError.class)
        .hasMessage(
            "%s: is no readable HDF5 file (StackOverflowError, %d bytes); copy or download it again, or remove it"
                .formatted(file, deep.length));
  }

  /** The file with a name at the top leading elsewhere. */
  private static byte[] linked(byte[] file, String name, long address) {
    byte[] link = name.getBytes(StandardCharsets.US_ASCII);
    int at = find(file, link) + link.length;
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(at, address);
    return sealed(file);
  }
}
