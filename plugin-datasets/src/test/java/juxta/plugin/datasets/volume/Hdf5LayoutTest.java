package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import juxta.api.UserException;
import juxta.toolkit.volume.Placement;
import juxta.toolkit.volume.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of every kind that HDF5's own library wrote: their numbers are right, or they are refused.
 * The script {@code make.py} beside them tells what they are.
 */
class Hdf5LayoutTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    try (InputStream in = Hdf5LayoutTest.class.getResourceAsStream("/hdf5/" + name + ".h5")) {
      return Files.write(folder.resolve(name + ".h5"), in.readAllBytes());
    }
  }

  private static float[] ramp(int length) {
    float[] ramp = new float[length];
    for (int i = 0; i < length; i++) {
      ramp[i] = i;
    }
    return ramp;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "double-big-endian",
        "half",
        "long",
        "unsigned-long",
        "one-channel",
        "channel-last",
        "compact",
        "tree",
        "tree-filters",
        "tree-lzf",
        "single",
        "single-filters",
        "implicit",
        "array",
        "array-filters",
        "array-may-grow",
        "second-tree",
        "second-tree-filters",
        "growing-array",
        "growing-array-filters",
        "skipped-all",
        "skipped-both",
        "skipped-second",
        "soft",
        "named-type",
        "many-names",
        "superblock-one",
        "lz4",
        "bitshuffle",
        "bitshuffle-blocks",
        "bitshuffle-plain",
      })
  void everyWayOfStoringGivesTheNumbersThatWereWritten(String name) throws IOException {
    Scan scan = Hdf5.read(file(name), "image", false);
    assertThat(scan.grid().x() + " " + scan.grid().y() + " " + scan.grid().z()).isEqualTo("5 6 7");
    assertThat(scan.voxels()).containsExactly(ramp(210));
    assertThat(scan.placement()).isEqualTo(Placement.NONE);
  }

  @Test
  void arraysOfManyChunksComeInPages() throws IOException {
    assertThat(Hdf5.read(file("array-in-pages"), "image", false).voxels())
        .containsExactly(ramp(1728));
  }

  @Test
  void growingArraysOfVeryManyChunksComeInPages() throws IOException {
    float[] expected = new float[201_000];
    Arrays.fill(expected, -7);
    for (int at : new int[] {2, 140_295, 140_296, 141_299, 200_500}) {
      expected[at] = at;
    }
    assertThat(Hdf5.read(file("growing-array-in-pages"), "image", false).voxels())
        .containsExactly(expected);
  }

  @Test
  void booleansAreNumbers() throws IOException {
    float[] voxels = Hdf5.read(file("bool"), "image", false).voxels();
    for (int i = 0; i < voxels.length; i++) {
      assertThat(voxels[i]).isEqualTo(i % 3 == 0 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"box-tree", "box-array", "box-second-tree", "box-growing-array"})
  void chunksThatWereNeverWrittenHoldTheFillValue(String name) throws IOException {
    float[] voxels = Hdf5.read(file(name), "image", false).voxels();
    for (int i = 0; i < voxels.length; i++) {
      boolean written = i / 42 >= 2 && i / 42 < 4 && i / 7 % 6 >= 3 && i % 7 < 4;
      assertThat(voxels[i]).isEqualTo(written ? i : -1024);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "empty-tree, 9",
    "empty-array, 9",
    "empty-second-tree, 9",
    "empty-growing-array, 9",
    "empty-single, 9",
    "empty-plain, 9",
    "zeros, 0",
  })
  void dataSetsThatWereNeverWrittenHoldTheFillValue(String name, float fill) throws IOException {
    float[] expected = new float[210];
    Arrays.fill(expected, fill);
    assertThat(Hdf5.read(file(name), "image", false).voxels()).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "szip, 'went through the filter szip, which is not read here; repack it with gzip: h5repack -f GZIP=4 refused-szip.h5 repacked.h5'",
    "scale-offset, the filter scale-offset",
    "12-bits, holds no numbers but whole numbers of 12 bits in 2 bytes; write it as float32",
    "long-double, holds no numbers but real numbers of 16 bytes",
    "record, holds no numbers but records of several fields",
    "virtual, 'is put together from data sets of other files, which is not read here; repack'",
    "shared, 'shares what tells of it with other data sets, which is not read here; copy each into a new file: h5copy -i refused-shared.h5 -o copied.h5 -s image -d image'",
    "outside, 'lies in other files, which is not read here; repack'",
    "link-outside, is a link into another file",
    "soft-outside, is a link into another file",
    "loop, 'is a link to ''/other'', which leads to itself'",
    "nowhere, 'is a link to ''/nowhere'', which is not in the file'",
  })
  void whatIsNotReadIsRefusedAndNotGuessed(String name, String words) throws IOException {
    Path file = file("refused-" + name);
    file("tree");
    assertThatThrownBy(() -> Hdf5.read(file, "image", false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": 'image' ")
        .hasMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  /** The file with one of its bytes changed, wherever such bytes stand. */
  private Path changed(String name, byte[] part, int at, int to) throws IOException {
    Path file = file(name);
    byte[] bytes = Files.readAllBytes(file);
    int changes = 0;
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        bytes[i + at] = (byte) to;
        changes++;
      }
    }
    assertThat(changes).isPositive();
    return Files.write(file, bytes);
  }

  @Test
  void checksumsOfChunksAreCompared() throws IOException {
    Path file = file("array-filters");
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int at = whole.length / 2; at < whole.length; at += 5) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      try {
        assertThat(Hdf5.read(file, "image", false).voxels()).containsExactly(ramp(210));
      } catch (UserException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void treesThatHangOnThemselvesAreRefused() throws IOException {
    // the tree of chunks claims to be above others, and its first child is itself
    Path file = file("tree");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length - 64; at++) {
      if (numbers.getInt(at) == 0x45455254 && bytes[at + 4] == 1) {
        numbers.put(at + 5, (byte) 1).putLong(at + 24 + 40, at);
      }
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> Hdf5.read(file, "image", false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a tree whose nodes hang on several others");
  }

  @Test
  void foldersAndDevicesAreNoFiles() {
    for (Path file : new Path[] {folder, Path.of("/dev/zero")}) {
      assertThatThrownBy(() -> Hdf5.read(file, "image", false))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": cannot be read: it is a ");
    }
  }

  @Test
  void anotherFilterIsNamedByItsNumber() throws IOException {
    // the first filter of the older message: deflate, its name of eight bytes, one value
    byte[] deflate = {1, 0, 8, 0, 1, 0, 1, 0, 'd', 'e', 'f', 'l', 'a', 't', 'e', 0};
    assertThatThrownBy(() -> Hdf5.read(changed("skipped-all", deflate, 0, 99), "image", false))
        .hasMessageContaining("went through the filter number 99 (deflate), which is not read");
  }
}
