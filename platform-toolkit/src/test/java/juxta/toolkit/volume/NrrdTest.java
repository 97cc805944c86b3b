package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  @ParameterizedTest
  @ValueSource(strings = {":\t", ":", ": \t ", ":  "})
  void anyWhiteSpaceStandsBehindTheColonOfAField(String colon) {
    String header = (SANE + "spacings: 1 2 3\nprogram:=x: y\n\n").replace(": ", colon);
    assertThat(Nrrd.read(whole(header)).grid()).isEqualTo(Grid.of(2, 3, 4, 1, 2, 3));
  }

  /** Two lines and three bytes of another format, then the voxels. */
  private Path foreign(String more, boolean apart, boolean packed) {
    byte[] lines = ScanFiles.text("Header = 1\r\nof: others\n");
    byte[] ignored = {'a', '\n', 'b'};
    byte[] data = new byte[24];
    IntStream.range(0, 24).forEach(i -> data[i] = (byte) i);
    // what is passed over in bytes is packed with the voxels
    byte[] voxels = ScanFiles.join(ignored, data);
    byte[] behind = ScanFiles.join(lines, packed ? ScanFiles.gzip(voxels) : voxels);
    String header = (packed ? SANE.replace("raw", "gzip") : SANE) + more + "\n";
    if (apart) {
      ScanFiles.write(folder.resolve("voxels.img"), behind);
      return ScanFiles.write(
          folder.resolve("b.nhdr"), ScanFiles.text(header + "data file: voxels.img\n\n"));
    }
    return ScanFiles.write(folder.resolve("b.nrrd"), ScanFiles.text(header + "\n"), behind);
  }

  @ParameterizedTest
  @CsvSource({
    "'line skip: 2\nbyte skip: 3', false",
    "'line skip: 2\nbyte skip: 3', true",
    "'lineskip: 2\nbyteskip: 3', false",
    "byte skip: -1, false",
    "'line skip: 2\nbyteskip: -1', false",
  })
  void otherFormatsBeforeTheVoxelsArePassedOver(String more, boolean packed) {
    float[] expected = Nrrd.read(file("")).voxels();
    for (boolean apart : new boolean[] {false, true}) {
      assertThat(Nrrd.read(foreign(more, apart, packed)).voxels()).containsExactly(expected);
    }
  }

  @Test
  void lastBytesAreNeverThoseOfTheHeader() throws IOException {
    Path file = file("byte skip: -1\n");
    byte[] whole = Files.readAllBytes(file);
    refused(
        ScanFiles.write(file, Arrays.copyOf(whole, whole.length - 1)), "is cut off: its voxels");
    refused(foreign("byte skip: -1", false, true), "which raw voxels alone can have");
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

  @Test
  void aFileBesideMayBeNamedInAnyWay() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("in"));
    Path data = ScanFiles.write(inner.resolve("50% d 1 2.raw"), new byte[23], new byte[] {7});
    Files.createSymbolicLink(folder.resolve("link.raw"), data);
    for (String name :
        List.of(
            "in/50% d 1 2.raw", "./in/../link.raw", "../" + folder.getFileName() + "/link.raw")) {
      assertThat(Nrrd.read(file("data file: " + name + "\n")).at(1, 2, 3)).isEqualTo(7);
    }
    assertThat(Nrrd.read(file("data file: " + data + "\n")).at(1, 2, 3)).isEqualTo(7);
  }

  @Test
  void linksAndPipesDoNotLeadOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
    Path secret = ScanFiles.write(elsewhere.resolve("secret.raw"), new byte[24]);
    Files.createSymbolicLink(folder.resolve("link.raw"), secret);
    Files.createSymbolicLink(folder.resolve("sub"), elsewhere);
    Files.createSymbolicLink(folder.resolve("null.raw"), Path.of("/dev/zero"));
    for (String name : List.of("link.raw", "sub/secret.raw", "null.raw", "/dev/zero")) {
      refused(file("data file: " + name + "\n"), name, "not one file in the same folder");
    }
    Files.createDirectory(folder.resolve("folder.raw"));
    assertThatThrownBy(() -> Nrrd.read(file("data file: folder.raw\n")))
        .hasMessageContaining("folder.raw: cannot be read: it is a folder, not a file");
    refused(file("data file: none.raw\n"), "'none.raw', but there is no such file");
  }

  @Test
  void whatHeadersSayIsShownOnOneLine() {
    refused(whole(SANE.replace("uint8", "a\rb") + "\n"), "of type 'a\\rb'");
    refused(whole(SANE.replace("uint8", "\u001b[31mred") + "\n"), "of type '\\u001b[31mred'");
    refused(file("data file: a\0b\n"), "'a\\u0000b'", "mend the header");
    refused(file("data file: " + "x/".repeat(5000) + "\n"), "…");
    assertThatThrownBy(() -> Nrrd.read(whole(SANE.replace("uint8", "x".repeat(9999)) + "\n")))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
  }

  @ParameterizedTest
  @CsvSource({
    "mm, 1",
    "cm, 10",
    "m, 1000",
    "um, 0.001",
    "µm, 0.001",
    "micron, 0.001",
    "nm, 0.000001",
    "Millimeters, 1",
    "'', 1",
  })
  void unitsBecomeMillimetres(String unit, double millimetres) {
    String units = "\"%s\" \"%s\" \"%s\"\n".formatted(unit, unit, unit);
    Path directed =
        whole(
            SANE
                + "space: RAS\nspace directions: (2,0,0) (0,3,0) (0,0,4)\nspace origin: (5,6,7)\n"
                + "space units: "
                + units
                + "units: \"km\" \"km\" \"km\"\n\n");
    double[] lengths = {2, 3, 4};
    double[] origin = {5, 6, 7};
    for (int axis = 0; axis < 3; axis++) {
      Grid grid = Nrrd.read(directed).grid();
      assertThat(grid.spacing(axis)).isCloseTo(lengths[axis] * millimetres, within(1e-12));
      assertThat(grid.affine().get(4 * axis + 3))
          .isCloseTo(origin[axis] * millimetres, within(1e-12));
    }
    Path spaced =
        whole(
            SANE
                + "spacings: 2 3 4\nunits: \"\" "
                + units.substring(units.indexOf(' ') + 1)
                + "\n");
    Grid grid = Nrrd.read(spaced).grid();
    assertThat(grid.spacing(0)).isCloseTo(2, within(1e-12));
    assertThat(grid.spacing(2)).isCloseTo(4 * millimetres, within(1e-12));
  }

  @Test
  void whatIsNotGivenIsNan() {
    assertThat(Nrrd.read(whole(SANE + "spacings: nan NaN 2\n\n")).grid())
        .isEqualTo(Grid.of(2, 3, 4, 1, 1, 2));
    Scan scan = Nrrd.read(whole(SANE + "spacings: nan nan nan\n\n"));
    assertThat(scan.placement()).isEqualTo(Placement.NONE);
    assertThat(Nrrd.read(whole(SANE + "spacings: 1 2 3\n\n")).placement())
        .isEqualTo(Placement.SPACING);
    String directed = SANE + "space directions: (1,0,0) (0,1,0) (0,0,1)\n";
    Scan placed = Nrrd.read(whole(directed + "space origin: (nan,nan,nan)\n\n"));
    assertThat(placed.placement()).isEqualTo(Placement.FULL);
    assertThat(placed.grid()).isEqualTo(Grid.of(2, 3, 4, 1, 1, 1));
  }

  @Test
  void memoryFollowsTheBytesThatAreThere() {
    // two gigabytes of floats, which the tests' Java does not have
    String claim = SANE.replace("2 3 4", "32000 16000 1").replace("raw", "gzip") + "\n";
    byte[] packed = ScanFiles.gzip(new byte[30_000]);
    refused(
        ScanFiles.write(
            folder.resolve("m.nrrd"), ScanFiles.text(claim), packed, ScanFiles.noise(500_000)),
        "is cut off: 32000 x 16000 x 1 voxels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "a%03d.raw 1 9 1", "../a.raw", "/etc/passwd", "..", "x/../.."})
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
    "'line skip: 3', is cut off",
    "'line skip: -1', odd line skip '-1'",
    "'byte skip: -2', odd byte skip '-2'",
    "'byte skip: 1e3', odd byte skip '1e3'",
    "'byte skip: 9', cut off",
    "'space directions: (1,0,0) (0,1,0) (0,0,1e300)', absurd places",
    "'space directions: (1,0,0) (0,1,0) (0,0,0)', absurd places",
    "'spacings: 1 1 1e300', absurd places",
    "'spacings: 1 1 1\nunits: \"mm\" \"mm\" \"furlong\"', measures space in 'furlong'",
    "'space directions: (1,0,0) (0,1,0) (0,0,1)\nspace units: \"mm\" \"s\" \"mm\"', in 's' (space units)",
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
