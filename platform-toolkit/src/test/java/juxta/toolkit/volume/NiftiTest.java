package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiTest {
  @TempDir Path folder;

  static Stream<Arguments> kinds() {
    return Stream.of(VoxelType.values())
        .flatMap(
            type ->
                Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                    .flatMap(
                        order ->
                            Stream.of(1, 2)
                                .flatMap(
                                    version ->
                                        Stream.of(".nii", ".nii.gz")
                                            .map(end -> Arguments.of(type, order, version, end)))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsEveryKind(VoxelType type, ByteOrder order, int version, String ending) {
    float[] numbers = ScanFiles.numbers(type, 3 * 4 * 5, type.ordinal());
    byte[] header =
        version == 1
            ? ScanFiles.nifti1(order, type, 3, 4, 5, b -> {})
            : ScanFiles.nifti2(order, type, 3, 4, 5, b -> {});
    byte[] all = ScanFiles.join(header, ScanFiles.stored(numbers, 3, 4, 5, type, order));
    Path file =
        ScanFiles.write(
            folder.resolve("a" + ending), ending.endsWith("gz") ? ScanFiles.gzip(all) : all);
    Scan scan = Nifti.read(file);
    assertThat(scan.voxels()).containsExactly(numbers);
    assertThat(scan.grid()).isEqualTo(Grid.of(3, 4, 5, 1, 1, 1));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(5);
    for (int round = 0; round < 30; round++) {
      List<Double> affine = new ArrayList<>();
      IntStream.range(0, 12).forEach(i -> affine.add((double) (float) random.nextGaussian()));
      Grid grid =
          new Grid(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9), affine);
      float[] voxels = ScanFiles.numbers(VoxelType.FLOAT32, grid.voxels(), round);
      Path file = folder.resolve("round" + round + ".nii.gz");
      Nifti.write(file, new Scan(grid, voxels));
      assertThat(Nifti.read(file).voxels()).containsExactly(voxels);
      assertThat(Nifti.read(file).grid()).isEqualTo(grid);
    }
  }

  @Test
  void numbersWithoutScaleKeepEveryBit() {
    float[] odd = {-0f, 0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
    Path file = folder.resolve("odd.nii.gz");
    Nifti.write(file, new Scan(Grid.of(1, 2, 3, 1, 1, 1), odd));
    assertThat(Nifti.read(file).voxels()).containsExactly(odd);
  }

  @Test
  void masksAreWrittenAsBytes() throws IOException {
    byte[] classes = new byte[24];
    IntStream.range(0, 24).forEach(i -> classes[i] = (byte) (11 * i));
    Path file = folder.resolve("new/mask.nii.gz");
    Nifti.writeMask(file, Grid.of(2, 3, 4, 0.5, 1, 2), classes);
    Scan scan = Nifti.read(file);
    for (int i = 0; i < 24; i++) {
      assertThat(scan.voxels()[i]).isEqualTo(classes[i] & 0xFF);
    }
    assertThat(scan.grid().spacing(2)).isEqualTo(2);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> Nifti.writeMask(file, Grid.of(2, 2, 2, 1, 1, 1), classes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writtenHeadersHoldWhatOtherReadersLookAt() throws IOException {
    Path file = folder.resolve("a.nii.gz");
    Nifti.write(file, new Scan(Grid.of(2, 3, 4, 0.5, 1, 2), new float[24]));
    byte[] all;
    try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(file))) {
      all = in.readAllBytes();
    }
    ByteBuffer header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(all).hasSize(352 + 4 * 24);
    assertThat(header.getShort(40)).isEqualTo((short) 3);
    assertThat(header.getShort(72)).isEqualTo((short) 32);
    assertThat(header.getFloat(80)).isEqualTo(0.5f);
    assertThat(header.getFloat(88)).isEqualTo(2f);
    assertThat(header.get(123)).isEqualTo((byte) 2);
    assertThat(header.getShort(254)).isEqualTo((short) 1);
    assertThat(new String(all, 344, 4)).isEqualTo("n+1\0");
  }

  @Test
  void axesBeyondSixteenBitsCannotBeWritten() {
    Grid grid = Grid.of(40000, 1, 1, 1, 1, 1);
    assertThatThrownBy(
            () -> Nifti.write(folder.resolve("a.nii.gz"), new Scan(grid, new float[40000])))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("32767");
  }

  private Scan read(Consumer<ByteBuffer> changes) {
    return Nifti.read(file(changes));
  }

  /** A file of 2 x 3 x 4 bytes 0, 1, ... */
  private Path file(Consumer<ByteBuffer> changes) {
    byte[] data = new byte[24];
    IntStream.range(0, 24).forEach(i -> data[i] = (byte) i);
    return ScanFiles.write(
        folder.resolve("case.nii"),
        ScanFiles.nifti1(ByteOrder.LITTLE_ENDIAN, VoxelType.UINT8, 2, 3, 4, changes),
        data);
  }

  @Test
  void numbersAreScaledAsTheHeaderSays() {
    assertThat(read(b -> b.putFloat(112, 0.5f).putFloat(116, -3)).at(1, 0, 0)).isEqualTo(-2.5f);
    assertThat(read(b -> b.putFloat(112, 0).putFloat(116, -3)).at(1, 0, 0)).isEqualTo(1);
    assertThat(read(b -> b.putFloat(112, Float.NaN)).at(1, 0, 0)).isEqualTo(1);
    assertThat(read(b -> {}).at(0, 1, 0)).isEqualTo(2);
    assertThat(read(b -> {}).at(0, 0, 1)).isEqualTo(6);
  }

  @Test
  void theSformCountsBeforeTheQform() {
    Consumer<ByteBuffer> both =
        b -> {
          IntStream.range(0, 3).forEach(i -> b.putFloat(280 + 16 * i + 4 * i, 2 + i));
          b.putFloat(292, 7);
          b.putShort(254, (short) 1).putShort(252, (short) 1);
        };
    Grid grid = read(both).grid();
    assertThat(grid.affine())
        .containsExactly(2.0, 0.0, 0.0, 7.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 4.0, 0.0);
    assertThat(read(both.andThen(b -> b.putShort(254, (short) 0))).grid().spacing(0)).isEqualTo(1);
  }

  @Test
  void theQformTurnsAndMirrors() {
    // a quarter turn about z: i runs to the front, j to the left; k is mirrored
    float half = (float) Math.sqrt(0.5);
    Grid grid =
        read(b ->
                b.putShort(252, (short) 1)
                    .putFloat(264, half)
                    .putFloat(76, -1)
                    .putFloat(80, 2)
                    .putFloat(84, 3)
                    .putFloat(88, 4)
                    .putFloat(268, 10)
                    .putFloat(272, 20)
                    .putFloat(276, 30))
            .grid();
    double[] expected = {0, -3, 0, 10, 2, 0, 0, 20, 0, 0, -4, 30};
    for (int i = 0; i < 12; i++) {
      assertThat(grid.affine().get(i)).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void halfTurnsSurviveRounding() {
    Grid grid = read(b -> b.putShort(252, (short) 1).putFloat(260, 1.0000001f)).grid();
    assertThat(grid.affine().get(0)).isCloseTo(-1, within(1e-6));
    assertThat(grid.affine().get(5)).isCloseTo(1, within(1e-6));
    assertThat(grid.spacing(2)).isCloseTo(1, within(1e-6));
  }

  @Test
  void qformsKeepTheDistances() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      double[] q = random.doubles(4, -1, 1).toArray();
      double norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
      double sign = q[0] < 0 ? -1 : 1; // a is the positive one
      Grid grid =
          read(b ->
                  b.putShort(252, (short) 1)
                      .putFloat(256, (float) (sign * q[1] / norm))
                      .putFloat(260, (float) (sign * q[2] / norm))
                      .putFloat(264, (float) (sign * q[3] / norm))
                      .putFloat(80, 0.7f)
                      .putFloat(84, 1.5f)
                      .putFloat(88, 8))
              .grid();
      assertThat(grid.spacing(0)).isCloseTo(0.7, within(1e-4));
      assertThat(grid.spacing(1)).isCloseTo(1.5, within(1e-4));
      assertThat(grid.spacing(2)).isCloseTo(8, within(1e-3));
    }
  }

  @Test
  void distancesAloneServeWhereThereIsNoForm() {
    Consumer<ByteBuffer> metres = b -> b.putFloat(80, 0.002f).put(123, (byte) 1);
    assertThat(read(metres).grid().spacing(0)).isCloseTo(2, within(1e-6));
    assertThat(read(b -> b.putFloat(80, 500).put(123, (byte) (3 + 8))).grid().spacing(0))
        .isCloseTo(0.5, within(1e-6));
    assertThat(read(b -> b.putFloat(80, 0)).grid().spacing(0)).isEqualTo(1);
    assertThat(read(b -> b.putFloat(80, Float.NaN)).grid().spacing(0)).isEqualTo(1);
    // a form of zeros is none
    assertThat(read(b -> b.putShort(254, (short) 1).putFloat(80, 3)).grid().spacing(0))
        .isEqualTo(3);
  }

  @Test
  void fewerAxesAndSingleFramesAreTaken() {
    assertThat(read(b -> b.putShort(40, (short) 4)).grid().z()).isEqualTo(4);
    assertThat(read(b -> b.putShort(40, (short) 7)).grid().z()).isEqualTo(4);
    Path flat =
        ScanFiles.write(
            folder.resolve("flat.nii"),
            ScanFiles.nifti1(
                ByteOrder.BIG_ENDIAN, VoxelType.UINT8, 2, 3, 9, b -> b.putShort(40, (short) 2)),
            new byte[6]);
    assertThat(Nifti.read(flat).grid()).isEqualTo(Grid.of(2, 3, 1, 1, 1, 1));
  }

  @Test
  void extensionsAreSkipped() {
    Path file =
        ScanFiles.write(
            folder.resolve("ext.nii"),
            ScanFiles.nifti1(
                ByteOrder.LITTLE_ENDIAN, VoxelType.UINT8, 1, 1, 1, b -> b.putFloat(108, 368)),
            new byte[16],
            new byte[] {42});
    assertThat(Nifti.read(file).voxels()).containsExactly(42);
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> Nifti.read(file))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.getMessage()).startsWith(file + ": ").contains("; ");
              assertThat(words).allSatisfy(w -> assertThat(e.getMessage()).contains(w));
            });
  }

  @Test
  void framesAndOddKindsAreRefused() {
    refused(file(b -> b.putShort(40, (short) 4).putShort(48, (short) 7)), "7 frames");
    refused(file(b -> b.putShort(70, (short) 128)), "datatype 128");
    refused(file(b -> b.put(345, (byte) 'i')), "another file");
    refused(file(b -> b.put(344, (byte) 'x')), "no NIfTI file");
    refused(file(b -> b.putInt(0, 77)), "no NIfTI file");
    refused(file(b -> b.putFloat(108, 100)), "absurd offset 100");
    refused(file(b -> b.putFloat(108, 1e30f)), "absurd offset");
    refused(file(b -> b.putFloat(108, Float.NaN)), "absurd offset");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5, -32768})
  void absurdDimensionsAreRefused(int size) {
    refused(file(b -> b.putShort(42, (short) size)), "absurd dimensions");
    refused(file(b -> b.putShort(46, (short) size)), "absurd dimensions");
    refused(file(b -> b.putShort(40, (short) (size == 0 ? 8 : size))), "absurd dimensions");
  }

  @Test
  void sizeAndDataMustAgree() {
    refused(file(b -> b.putShort(46, (short) 3)), "holds more than the 2 x 3 x 3 voxels");
    refused(file(b -> b.putShort(46, (short) 5)), "cut off", "2 x 3 x 5");
    refused(file(b -> b.putShort(70, (short) 16)), "cut off");
  }

  @Test
  void hugeClaimsAreRefusedBeforeMemoryIsTaken() {
    refused(file(b -> b.putShort(42, Short.MAX_VALUE).putShort(44, Short.MAX_VALUE)), "more than");
    refused(file(b -> b.putShort(42, (short) 1000).putShort(44, (short) 1000)), "cut off");
    byte[] two =
        ScanFiles.nifti2(
            ByteOrder.BIG_ENDIAN, VoxelType.FLOAT64, 1, 1, 1, b -> b.putLong(24, Long.MAX_VALUE));
    refused(ScanFiles.write(folder.resolve("two.nii"), two), "absurd dimensions");
    byte[] packed =
        ScanFiles.nifti1(ByteOrder.LITTLE_ENDIAN, VoxelType.UINT8, 800, 800, 800, b -> {});
    refused(
        ScanFiles.write(folder.resolve("bomb.nii.gz"), ScanFiles.gzip(packed)), "cannot lie in");
  }

  @Test
  void memoryFollowsTheBytesThatAreThere() {
    // two gigabytes of floats, which the tests' Java does not have
    byte[] claim =
        ScanFiles.nifti1(ByteOrder.LITTLE_ENDIAN, VoxelType.UINT8, 32000, 16000, 1, b -> {});
    refused(
        ScanFiles.write(
            folder.resolve("m.nii.gz"), ScanFiles.gzip(claim), ScanFiles.noise(500_000)),
        "is cut off: 32000 x 16000 x 1 voxels");
    byte[] header =
        ScanFiles.nifti1(ByteOrder.LITTLE_ENDIAN, VoxelType.UINT8, 8000, 4000, 1, b -> {});
    // what is really there is read, however well it was packed
    byte[] whole = ScanFiles.join(header, new byte[8000 * 4000 - 1], new byte[] {5});
    Path honest = ScanFiles.write(folder.resolve("h.nii.gz"), ScanFiles.gzip(whole));
    assertThat(Nifti.read(honest).at(7999, 3999, 0)).isEqualTo(5);
  }

  @Test
  void placesThatOverflowAreRefused() {
    for (double number : new double[] {1e308, -1e308, 1e200, 1e12}) {
      byte[] header =
          ScanFiles.nifti2(
              ByteOrder.LITTLE_ENDIAN,
              VoxelType.UINT8,
              1,
              1,
              1,
              b -> b.putDouble(104 + 8, number).putInt(500, 1)); // metres
      Path file = ScanFiles.write(folder.resolve("far.nii"), header, new byte[1]);
      refused(file, "says that its voxels lie at absurd places");
    }
    refused(
        file(
            b ->
                b.putShort(254, (short) 1)
                    .putFloat(280, 1)
                    .putFloat(300, 1)
                    .putFloat(320, 1)
                    .putFloat(292, 1e30f)),
        "absurd places");
  }

  @Test
  void placesAreKnownAsFarAsTheHeaderTells() {
    assertThat(Nifti.read(file(b -> {})).placement()).isEqualTo(Placement.SPACING);
    assertThat(Nifti.read(file(b -> b.putFloat(80, 0))).placement()).isEqualTo(Placement.NONE);
    assertThat(Nifti.read(file(b -> b.putShort(252, (short) 1))).placement())
        .isEqualTo(Placement.FULL);
  }

  @Test
  void everyCutIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(file(b -> {}));
    byte[] packed = ScanFiles.gzip(whole);
    for (int length = 0; length < whole.length; length += 7) {
      refused(ScanFiles.write(folder.resolve("cut.nii"), java.util.Arrays.copyOf(whole, length)));
    }
    for (int length = 0; length < packed.length; length++) {
      refused(
          ScanFiles.write(folder.resolve("cut.nii.gz"), java.util.Arrays.copyOf(packed, length)));
    }
  }

  @Test
  void damagedBytesNeverGiveAnotherException() {
    byte[] whole =
        ScanFiles.join(
            ScanFiles.nifti1(ByteOrder.LITTLE_ENDIAN, VoxelType.UINT8, 2, 3, 4, b -> {}),
            new byte[24]);
    Random random = new Random(9);
    for (int round = 0; round < 400; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 6; i++) {
        damaged[random.nextInt(352)] = (byte) random.nextInt();
      }
      boolean gzip = round % 2 == 0;
      Path file =
          ScanFiles.write(
              folder.resolve(gzip ? "d.nii.gz" : "d.nii"),
              gzip ? ScanFiles.gzip(damaged) : damaged);
      try {
        Nifti.read(file);
      } catch (UserException e) {
        assertThat(e.problems()).hasSize(1);
      }
    }
  }

  @Test
  void packedFilesMustBePacked() throws IOException {
    byte[] whole = Files.readAllBytes(file(b -> {}));
    refused(ScanFiles.write(folder.resolve("plain.nii.gz"), whole), "no whole gzip file");
    refused(ScanFiles.write(folder.resolve("packed.nii"), ScanFiles.gzip(whole)), "no NIfTI file");
    byte[] flipped = ScanFiles.gzip(whole);
    flipped[flipped.length - 6] ^= 1; // the checksum
    refused(ScanFiles.write(folder.resolve("sum.nii.gz"), flipped), "no whole gzip file");
  }

  @ParameterizedTest
  @EnumSource(VoxelType.class)
  void namesAndCodesFindTheirType(VoxelType type) {
    assertThat(VoxelType.ofNifti(type.niftiCode())).contains(type);
    assertThat(type.nrrdNames()).allMatch(name -> VoxelType.ofNrrd(name).orElseThrow() == type);
  }

  @Test
  void absentFilesAndFoldersAreMistakes() {
    refused(folder.resolve("none.nii.gz"), "there is no such file");
    refused(folder, "cannot be read");
  }
}
