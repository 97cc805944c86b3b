package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import juxta.api.UserException;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the test resources were written by NumPy 2.4. */
class NpzTest {
  private static final String FLOATS = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }";

  @TempDir Path folder;

  private Path resource(String name) throws IOException {
    try (InputStream in = NpzTest.class.getResourceAsStream("/numpy/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private static float[] counted(int n, double step) {
    float[] counted = new float[n];
    for (int i = 0; i < n; i++) {
      counted[i] = (float) (i * step);
    }
    return counted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsWhatNumpyWrote(String name) throws IOException {
    try (Npz npz = Npz.open(resource(name))) {
      assertThat(npz.names())
          .containsExactly(
              "floats", "longs", "bytes", "columns", "scalar", "none", "flags", "deep/name");
      assertThat(npz.shape("floats")).containsExactly(2L, 3L, 4L);
      assertThat(Tensors.floats(npz.value("floats"))).isEqualTo(counted(24, 0.25));
      assertThat(Tensors.ints(npz.value("longs"))).containsExactly(-3, -2, -1, 0, 1, 2);
      byte[] bytes = new byte[12];
      npz.value("bytes").data().get(bytes);
      assertThat(bytes).startsWith(250, 251, 252).endsWith(4, 5);
      assertThat(npz.tensor("columns").dtype()).isEqualTo(Dtype.F64);
      assertThat(Tensors.floats(npz.value("columns")))
          .isEqualTo(counted(24, 1)); // was column-major
      assertThat(npz.value("scalar").shape()).isEmpty();
      assertThat(Tensors.floats(npz.value("scalar"))).containsExactly(1.5f);
      assertThat(npz.shape("none")).containsExactly(0L, 5L);
      assertThat(npz.tensor("none").data().remaining()).isZero();
      assertThat(npz.tensor("flags").data().get(2)).isEqualTo((byte) 1);
      assertThat(Tensors.floats(npz.value("deep/name"))).containsExactly(1, 1, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsSomeRowsAsOfTheWhole(String name) throws IOException {
    try (Npz npz = Npz.open(resource(name))) {
      StoredTensor rows = npz.rows("longs", 1, 2);
      assertThat(rows.shape()).containsExactly(2L, 2L);
      assertThat(Tensors.ints(rows.value())).containsExactly(-1, 0, 1, 2);
      assertThatThrownBy(() -> npz.rows("longs", 2, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> npz.rows("columns", 0, 1)).isInstanceOf(UserException.class);
      assertThatThrownBy(() -> npz.tensor("other")).hasMessageContaining("has no array 'other'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void unpacksAsOfTheWhole(String name) throws IOException {
    try (Npz npz = Npz.open(resource(name))) {
      assertThat(npz.dtype("longs")).isEqualTo(Dtype.I64);
      Path unpacked = folder.resolve("deep/longs");
      npz.unpack("longs", unpacked);
      ByteBuffer whole = npz.tensor("longs").data();
      assertThat(ByteBuffer.wrap(Files.readAllBytes(unpacked))).isEqualTo(whole);
      assertThat(npz.checksum("longs")).isNotEqualTo(npz.checksum("floats"));
      assertThatThrownBy(() -> npz.unpack("columns", unpacked))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("row-major only");
      assertThatThrownBy(() -> npz.unpack("other", unpacked))
          .hasMessageContaining("has no array 'other'");
      assertThat(ByteBuffer.wrap(Files.readAllBytes(unpacked))).isEqualTo(whole);
    }
  }

  @Test
  void refusesObjectsAndOrdersThatItDoesNotRead() throws IOException {
    assertThatThrownBy(() -> Npy.read(resource("objects.npy")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("objects.npy: at byte 10: Python objects are not read");
    assertThatThrownBy(() -> Npy.read(resource("big-endian.npy")))
        .hasMessageContaining("elements of type '>i4' are not read");
  }

  private static byte[] npy(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer all =
        ByteBuffer.allocate(10 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
    return all.put(text).array();
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), bytes);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + ": at byte ")
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void namesFileAndOffsetOfDamage() throws IOException {
    assertThat(Tensors.floats(Npy.read(write(npy(FLOATS.formatted("2, 3"), 24))).value()))
        .hasSize(6);
    byte[] sound = npy(FLOATS.formatted("2, 3"), 24);
    refused(Arrays.copyOf(sound, 30), "the data end within the header");
    refused(Arrays.copyOf(sound, 4), "the data end within the magic");
    refused(Arrays.copyOf(sound, sound.length - 1), "takes 24 bytes, but 23 are there");
    refused(Arrays.copyOf(sound, sound.length + 1), "takes 24 bytes, but 25 are there");
    refused(npy(FLOATS.formatted("9999999999, 9999999999, 9"), 24), "less than 2 GiB");
    refused(npy(FLOATS.formatted("99999999999999999999999"), 24), "not that of one plain array");
    refused(npy(FLOATS.formatted("-1, 6"), 24), "not that of one plain array");
    refused(npy(FLOATS.formatted("2, 3") + "; import os", 24), "not that of one plain array");
    refused(
        npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }", 12),
        "records of several fields");
    byte[] version = sound.clone();
    version[6] = 9;
    refused(version, "version 9.0");
    refused("<html>not found</html>".getBytes(StandardCharsets.UTF_8), "no NumPy array begins");
  }

  @Test
  void headersAreReadInOneGoHoweverLong() throws IOException {
    refused(npy(FLOATS.formatted("1,".repeat(1500) + "1"), 4), "not that of one plain array");
    refused(npy(FLOATS.formatted("1,".repeat(30_000)), 4), "not that of one plain array");
    refused(npy(FLOATS.formatted("0, 999999999999999999, 999999999999999999"), 0), "not possible");
    refused(npy(FLOATS.formatted("2,, 3"), 24), "not that of one plain array");
    refused(npy(FLOATS.formatted("2, 3").replace("False", "Maybe"), 24), "one plain array");
    for (String shape : List.of("2, 3", "2,3", "2L, 3L", "2, 3,")) {
      assertThat(Npy.read(write(npy(FLOATS.formatted(shape), 24))).shape()).containsExactly(2L, 3L);
    }
    assertThat(Npy.read(write(npy(FLOATS.formatted("").replace(", }", "}"), 4))).shape()).isEmpty();
  }

  @Test
  void foldersAndDevicesAreNoArrays() {
    for (Path file : List.of(folder, Path.of("/dev/zero"))) {
      assertThatThrownBy(() -> Npy.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": cannot be read: it is a ");
    }
  }

  @Test
  void namesThatAreNoTextAreRefused() throws IOException {
    Path file = zip(false, "\u00e4x.npy", npy(FLOATS.formatted("1"), 4));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length - 1; i++) {
      if (bytes[i] == (byte) 0xC3 && bytes[i + 1] == (byte) 0xA4) {
        bytes[i + 1] = 'x'; // the second half of the letter is gone
      }
    }
    Files.write(file, bytes);
    assertThatThrownBy(
            () -> {
              try (Npz npz = Npz.open(file)) {
                npz.names().forEach(npz::tensor);
              }
            })
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": ")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  private Path zip(boolean stored, String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry(name);
      if (stored) {
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
      }
      zip.putNextEntry(entry);
      zip.write(content);
    }
    return Files.write(folder.resolve("a.npz"), out.toByteArray());
  }

  @Test
  void noticesDamageInsideAnArchive() throws IOException {
    Path file = zip(true, "x.npy", npy(FLOATS.formatted("100"), 400));
    byte[] bytes = Files.readAllBytes(file);
    bytes[300] ^= 1; // within the data, which are stored as they are
    Files.write(file, bytes);
    try (Npz npz = Npz.open(file)) {
      assertThatThrownBy(() -> npz.tensor("x"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("x.npy: at byte 0: the checksum does not fit");
      assertThatThrownBy(() -> npz.unpack("x", folder.resolve("x")))
          .hasMessageContaining("x.npy: at byte 0: the checksum does not fit");
      assertThat(folder.resolve("x")).doesNotExist();
    }
    assertThatThrownBy(() -> Npz.open(zip(false, "x.txt", new byte[3])))
        .hasMessageContaining("holds 'x.txt', which is no array");
    assertThatThrownBy(() -> Npz.open(write("no zip".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no zip archive");
    assertThatThrownBy(() -> Npz.open(folder.resolve("absent.npz")))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> Npz.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder + ": cannot be read: it is a folder");
  }

  @Test
  void refusesClaimsThatTheArchiveCannotKeep() throws IOException {
    Path file = zip(false, "x.npy", npy(FLOATS.formatted("1000"), 4000));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bytes.length - 4; i++) {
      if (buffer.getInt(i) == 0x02014b50) { // the directory's entry; size at 24
        buffer.putInt(i + 24, 2_000_000_000);
      }
    }
    Files.write(file, bytes);
    try (Npz npz = Npz.open(file)) {
      assertThatThrownBy(() -> npz.tensor("x"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("cannot become 2000000000");
    }
  }

  /** Whatever happens to a file, a user gets a line that names it. */
  @Test
  void neverFailsOtherwise() throws IOException {
    byte[] sound = Files.readAllBytes(resource("deflated.npz"));
    Random random = new Random(1);
    for (int trial = 0; trial < 400; trial++) {
      byte[] bytes = sound.clone();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file =
          Files.write(
              folder.resolve("b.npz"),
              Arrays.copyOf(bytes, trial % 2 == 0 ? bytes.length : random.nextInt(bytes.length)));
      try (Npz npz = Npz.open(file)) {
        List<String> names = npz.names();
        names.forEach(npz::value);
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("b.npz");
      }
    }
  }
}
