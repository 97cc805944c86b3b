package juxta.toolkit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import juxta.api.FieldType;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsRead(long seed) {
    Random random = new Random(seed);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < random.nextInt(12); i++) {
      tensors.put("t" + i + (random.nextBoolean() ? ".weight" : " \"ä\\\n"), random(random));
    }
    Map<String, String> metadata = Map.of("format", "pt", "note", "ü \" \n");
    Path file = folder.resolve("a/b.safetensors");
    Safetensors.write(file, tensors, metadata);
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.metadata()).isEqualTo(metadata);
      assertThat(opened.entries().keySet()).isEqualTo(tensors.keySet());
      tensors.forEach((name, tensor) -> assertThat(opened.tensor(name)).isEqualTo(tensor));
      opened
          .entries()
          .values()
          .forEach(entry -> assertThat(entry.begin() % entry.dtype().bytes()).isZero());
    }
  }

  private static StoredTensor random(Random random) {
    Dtype dtype = Dtype.values()[random.nextInt(Dtype.values().length)];
    List<Long> shape = random.longs(random.nextInt(5), 0, 5).boxed().toList();
    byte[] data = new byte[(int) (dtype.bytes() * shape.stream().reduce(1L, (a, b) -> a * b))];
    random.nextBytes(data);
    return new StoredTensor(dtype, shape, ByteBuffer.wrap(data));
  }

  @Test
  void valuesComeBack() {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("f", Tensors.floats(new long[] {2, 2}, 1, -2.5f, Float.NaN, 1e-40f));
    values.put("i", Tensors.ints(new long[] {3}, Integer.MIN_VALUE, 0, 7));
    values.put("u", new Value(FieldType.UINT8, List.of(2L), ByteBuffer.wrap(new byte[] {-1, 3})));
    values.put("s", Value.of(5));
    Path file = folder.resolve("v.safetensors");
    Safetensors.writeValues(file, values, Map.of());
    assertThat(Safetensors.read(file)).isEqualTo(values);
  }

  /** The bytes that Python's {@code safetensors.numpy.save} writes for an arange. */
  @Test
  void readsWhatPythonWrote() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}   ";
    Path file = file(header, new byte[] {0, 0, 0, 0, 0, 0, (byte) 128, 63});
    assertThat(Safetensors.read(file))
        .isEqualTo(Map.of("a.weight", Tensors.floats(new long[] {2, 1}, 0, 1)));
  }

  @Test
  void narrowFloatsAreWidened() {
    float[] expected = {1, -2, 65504, 0x1p-14f, 0x1p-24f, 0, Float.POSITIVE_INFINITY, .33325195f};
    int[] half = {0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0, 0x7c00, 0x3555};
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits : half) {
      data.putShort((short) bits);
    }
    assertThat(Tensors.floats(new StoredTensor(Dtype.F16, List.of(8L), data.flip()).value()))
        .containsExactly(expected);
    assertThat(StoredTensor.half((short) 0x7e00)).isNaN();
    assertThat(1 / StoredTensor.half((short) 0x8000)).isEqualTo(Float.NEGATIVE_INFINITY);
    ByteBuffer brain = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    brain.putShort((short) 0x3f80).putShort((short) 0xc040);
    assertThat(Tensors.floats(new StoredTensor(Dtype.BF16, List.of(2L), brain.flip()).value()))
        .containsExactly(1, -3);
  }

  @Test
  void longIntegersMustFit() {
    Path file = folder.resolve("l.safetensors");
    Safetensors.write(
        file,
        Map.of("n", StoredTensor.of(List.of(), 12L), "big", StoredTensor.of(List.of(1L), 1L << 40)),
        Map.of());
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.value("n").number()).isEqualTo(12);
      assertThatThrownBy(() -> opened.value("big"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'big'");
      assertThatThrownBy(() -> opened.value("other"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no tensor 'other'");
    }
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Safetensors.writeValues(
        whole, Map.of("x", Tensors.floats(new long[] {3}, 1, 2, 3)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      refused(cut);
    }
    refused(Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void aFileWithAnyByteChangedIsReadOrRefused() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Safetensors.writeValues(
        whole, Map.of("x", Tensors.floats(new long[] {3}, 1, 2, 3)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(whole);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("changed"), changed);
      try {
        Safetensors.read(file);
      } catch (UserException e) {
        assertThat(e.problems()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|no JSON object",
        "{\"a\":1}|no JSON object",
        "{\"a\":{}}|lacks",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|does not fill",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|begins at 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}|holds 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}|whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}|whole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}|not fill",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}|C64",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|belong to no tensor",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|hole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|overlaps",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|uplicate",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} {}|more after",
        "{\"__metadata__\":{\"a\":1}}|no text",
        "{\"a\"|no JSON",
      })
  void hostileHeadersAreRefused(String header, String complaint) throws IOException {
    assertThat(refused(file(header, new byte[8]))).contains(complaint);
  }

  @Test
  void namesAreShownOnOneLine() throws IOException {
    String name = "evil\\u001b[31m\\nFAKE: all is well";
    assertThat(refused(file("{\"" + name + "\": 5}", new byte[8])))
        .contains("'evil\\u001b[31m\\nFAKE: all is well' is no JSON object")
        .doesNotContain("\u001b")
        .doesNotContain("\n");
    String tensor = "{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}";
    assertThat(refused(file("{\"" + name + "\": " + tensor + "}", new byte[8])))
        .doesNotContain("\u001b")
        .doesNotContain("\n");
    assertThat(refused(file("{\"" + "x".repeat(100_000) + "\": 5}", new byte[8])))
        .hasSizeLessThan(1000);
  }

  @Test
  void devicesAreNoFiles() {
    assertThatThrownBy(() -> Safetensors.open(Path.of("/dev/zero")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("/dev/zero: cannot be read: it is a pipe, a device or the like");
  }

  @Test
  void deepHeadersAreRefused() throws IOException {
    refused(file("{\"a\":{\"x\":" + "[".repeat(100_000), new byte[8]));
    refused(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(90) + "1]}}", new byte[8]));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void impossibleHeaderLengthsAreRefused(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    refused(Files.write(folder.resolve("bad"), bytes.array()));
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("x.safetensors");
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocate(100));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No space left");
    assertThat(Files.readString(file)).isEqualTo("old");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
    assertThatThrownBy(() -> Safetensors.writeValues(folder, Map.of(), Map.of()))
        .isInstanceOf(UserException.class);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Safetensors.open(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none");
  }

  /** Checks that a file is refused with one line that names it and a place in it. */
  private static String refused(Path file) {
    try {
      Safetensors.read(file);
    } catch (UserException e) {
      assertThat(e.problems()).hasSize(1);
      assertThat(e.getMessage()).contains(file.toString()).containsPattern("byte|type");
      return e.getMessage();
    }
    throw new AssertionError("read " + file);
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }
}
