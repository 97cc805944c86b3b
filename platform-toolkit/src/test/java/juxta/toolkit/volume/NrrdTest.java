package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NrrdTest {
  private static final String SANE =
      """
      NRRD0004
      # a comment: with a colon
      type: uint8
      dimension: 3
      sizes: 2 3 4
      encoding: raw
      """;

  @TempDir Path folder;

  static Stream<Arguments> kinds() {
    return Stream.of(VoxelType.values())
        .flatMap(type -> type.nrrdNames().stream().map(name -> Arguments.of(type, name)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsEveryType(VoxelType type, String name) {
    float[] numbers = ScanFiles.numbers(type, 24, name.length());
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (String encoding : new String[] {"raw", "gzip", "gz"}) {
        byte[] data = ScanFiles.stored(numbers, 2, 3, 4, type, order);
        String header =
            SANE.replace("uint8", name).replace("raw", encoding)
                + "endian: "
                + order.toString().split("_")[0].toLowerCase()
                + "\n\n";
        Path file =
            ScanFiles.write(
                folder.resolve("a.nrrd"),
                ScanFiles.text(header),
                encoding.equals("raw") ? data : ScanFiles.gzip(data));
        assertThat(Nrrd.read(file).voxels()).containsExactly(numbers);
        assertThat(Nrrd.read(file).grid()).isEqualTo(Grid.of(2, 3, 4, 1, 1, 1));
      }
    }
  }

  /** A file of 2 x 3 x 4 bytes 0, 1, ... with more lines in its header. */
  private Path file(String more) {
    return whole(SANE + more + "\n");
  }

  private Path whole(String header) {
    byte[] data = new byte[24];
    IntStream.range(0, 24).forEach(i -> data[i] = (byte) i);
    return ScanFiles.write(folder.resolve("case.nrrd"), ScanFiles.text(header), data);
  }

  @ParameterizedTest
  @CsvSource({
    "left-posterior-superior, -1, -1",
    "LPS, -1, -1",
    "left-anterior-superior, -1, 1",
    "right-anterior-superior, 1, 1",
    "RAS, 1, 1",
    "scanner-xyz, 1, 1",
  })
  void spacesBecomeRightFrontAndUp(String space, int x, int y) {
    Grid grid =
        Nrrd.read(
                file(
                    "space: "
                        + space
                        + "\nspace directions: (2,0,0) (0, 3 ,0.5) (0,0,4e0)\n"
                        + "space origin: (10,20,30)\n"))
            .grid();
    assertThat(grid.affine())
        .containsExactly(
            x * 2.0, 0.0, 0.0, x * 10.0, 0.0, y * 3.0, 0.0, y * 20.0, 0.0, 0.5, 4.0, 30.0);
  }

  @Test
  void spacingsServeWhereThereAreNoDirections() {
    assertThat(Nrrd.read(file("spacings: 0.5 2 NaN\n")).grid())
        .isEqualTo(Grid.of(2, 3, 4, 0.5, 2, 1));
    assertThat(Nrrd.read(file("")).grid()).isEqualTo(Grid.of(2, 3, 4, 1, 1, 1));
  }

  @Test
  void windowsLineEndsKeysAndSkipsAreTaken() {
    String header = SANE.replace("\n", "\r\n") + "program:=x: y\r\nbyte skip: 3\r\n\r\n";
    byte[] data = new byte[27];
    data[3] = 9;
    Path file = ScanFiles.write(folder.resolve("a.nrrd"), ScanFiles.text(header), data);
    assertThat(Nrrd.read(file).at(0, 0, 0)).isEqualTo(9);
    assertThat(Nrrd.files(file)).containsExactly(file);
  }

  @Test
  void oneFrameOfFourAxesIsTaken() {
    String four = SANE.replace("dimension: 3", "dimension: 4");
    Path last = whole(four.replace("2 3 4", "2 3 4 1") + "spacings: 1 2 3 nan\n\n");
    assertThat(Nrrd.read(last).grid()).isEqualTo(Grid.of(2, 3, 4, 1, 2, 3));
    Path first =
        whole(
            four.replace("2 3 4", "1 2 3 4")
                + "space directions: none (1,0,0) (0,2,0) (0,0,3)\n\n");
    assertThat(Nrrd.read(first).grid()).isEqualTo(Grid.of(2, 3, 4, 1, 2, 3));
    refused(whole(four.replace("2 3 4", "2 3 2 2") + "\n"), "several frames");
    refused(whole(SANE.replace("3\nsizes: 2 3 4", "2\nsizes: 6 4") + "\n"), "but of 2");
  }

  @Test
  void voxelsMayLieInAFileBeside() {
    Path data = ScanFiles.write(folder.resolve("a.raw"), new byte[23], new byte[] {7});
    Path header =
        ScanFiles.write(folder.resolve("a.nhdr"), ScanFiles.text(SANE + "data file: a.raw\n"));
    assertThat(Nrrd.read(header).at(1, 2, 3)).isEqualTo(7);
    assertThat(Nrrd.files(header)).containsExactly(header, data);
    ScanFiles.write(data, new byte[20]);
    assertThatThrownBy(() -> Nrrd.read(header))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(data + ": is cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "a%03d.raw 1 9 1", "../a.raw", "/etc/passwd", "..", "x\\a.raw"})
  void voxelsElsewhereAreNotLookedFor(String name) {
    refused(file("data file: " + name + "\n"), "not one file in the same folder");
    refused(file("datafile: " + name + "\n"), "not one file in the same folder");
  }

  private static void refused(Path file, String... words) {
    assertThatThrownBy(() -> Nrrd.read(file))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.getMessage()).startsWith(file + ": ").contains("; ");
              assertThat(words).allSatisfy(w -> assertThat(e.getMessage()).contains(w));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "type: uint8, type: block, type 'block'",
    "type: uint8, type: int16, no field 'endian'",
    "type: uint8, x: y, no field 'type'",
    "encoding: raw, encoding: bzip2, encoding 'bzip2'",
    "encoding: raw, x: y, no field 'encoding'",
    "sizes: 2 3 4, sizes: 2 3, the dimension 3 but 2 sizes",
    "sizes: 2 3 4, sizes: 2 3 -4, absurd dimensions",
    "sizes: 2 3 4, sizes: 2 0 4, absurd dimensions",
    "sizes: 2 3 4, sizes: 99999 99999 99999, absurd dimensions",
    "sizes: 2 3 4, sizes: 9999999999 1 1, absurd dimensions",
    "sizes: 2 3 4, sizes: 30000 30000 9, more than",
    "sizes: 2 3 4, sizes: 800 800 800, cannot lie in",
    "sizes: 2 3 4, sizes: 2 3 5, cut off",
    "sizes: 2 3 4, sizes: 2 3 3, holds more",
    "sizes: 2 3 4, x: y, no field 'sizes'",
    "dimension: 3, x: y, no field 'dimension'",
    "NRRD0004, NIFTI, no NRRD file",
    "type: uint8, line skip: 3, no field 'type'",
  })
  void faultsAreNamed(String what, String instead, String words) {
    refused(whole(SANE.replace(what, instead) + "\n"), words);
  }

  @ParameterizedTest
  @CsvSource({
    "'space directions: (1,0,0) (0,1,0)', odd 'space directions'",
    "'space directions: (1,0,0) (0,1,0) (0,x,1)', odd 'space directions'",
    "'space directions: (1,0,0) (0,1,0) (0,nan,1)', odd 'space directions'",
    "'space directions: (1,0) (0,1) (0,1)', odd 'space directions'",
    "'space origin: (1,0)', odd 'space origin'",
    "'space origin: none', odd 'space origin'",
    "'spacings: a b c', odd 'spacings'",
    "'line skip: 3', passes over lines",
    "'byte skip: -1', passes over lines",
  })
  void oddFieldsAreNamed(String line, String words) {
    refused(file(line + "\n"), words);
  }

  @Test
  void aHeaderWithoutEndIsRefused() {
    byte[] line = new byte[1 << 21];
    Arrays.fill(line, (byte) 'a');
    refused(ScanFiles.write(folder.resolve("long.nrrd"), ScanFiles.text(SANE), line), "has no end");
  }

  @Test
  void everyCutIsFound() {
    byte[] packed =
        ScanFiles.join(
            ScanFiles.text(SANE.replace("raw", "gzip") + "\n"), ScanFiles.gzip(new byte[24]));
    for (int length = 0; length < packed.length; length++) {
      refused(ScanFiles.write(folder.resolve("cut.nrrd"), Arrays.copyOf(packed, length)));
    }
    refused(folder.resolve("none.nrrd"), "there is no such file");
  }

  @Test
  void damagedBytesNeverGiveAnotherException() {
    byte[] header =
        ScanFiles.text(SANE + "space: LPS\nspace directions: (1,0,0) (0,1,0) (0,0,1)\n\n");
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      byte[] damaged = header.clone();
      for (int i = 0; i < 3; i++) {
        damaged[4 + random.nextInt(header.length - 4)] = (byte) (32 + random.nextInt(95));
      }
      try {
        Nrrd.read(ScanFiles.write(folder.resolve("d.nrrd"), damaged, new byte[24]));
      } catch (UserException e) {
        assertThat(e.problems()).hasSize(1);
      }
    }
  }
}
