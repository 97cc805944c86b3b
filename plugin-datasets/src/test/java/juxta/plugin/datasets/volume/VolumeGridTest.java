package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Nifti;
import juxta.toolkit.volume.Scan;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and images whose files say where their voxels lie. */
class VolumeGridTest {
  private static final Grid GRID =
      new Grid(3, 4, 5, List.of(1.5, 0.0, 0.0, -20.0, 0.0, 2.0, 0.0, 30.0, 0.0, 0.0, 2.5, 7.0));

  @TempDir Path root;

  private final byte[] classes = classes();

  private static byte[] classes() {
    Random random = new Random(1);
    byte[] classes = new byte[GRID.voxels()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) random.nextInt(2);
    }
    return classes;
  }

  private void image() {
    Nifti.write(root.resolve("a_image.nii.gz"), new Scan(GRID, new float[GRID.voxels()]));
  }

  private byte[] mask() {
    return Scans.mask(new Volumes().open(Requests.of(root)).train(), 0);
  }

  /** The label mirrored along some axes, and its grid with it. */
  private Grid mirrored(byte[] to, boolean... axes) {
    int[] sizes = {GRID.x(), GRID.y(), GRID.z()};
    List<Double> affine = new ArrayList<>(GRID.affine());
    for (int axis = 0; axis < 3; axis++) {
      if (axes[axis]) {
        int step = 4 * axis + axis;
        affine.set(4 * axis + 3, affine.get(4 * axis + 3) + (sizes[axis] - 1) * affine.get(step));
        affine.set(step, -affine.get(step));
      }
    }
    int at = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 5; k++) {
          int x = axes[0] ? 2 - i : i;
          int y = axes[1] ? 3 - j : j;
          int z = axes[2] ? 4 - k : k;
          to[at++] = classes[(x * 4 + y) * 5 + z];
        }
      }
    }
    return new Grid(3, 4, 5, affine);
  }

  @RepeatedTest(8)
  void mirroredLabelsAreTurnedBackInBothFormats(RepetitionInfo repetition) throws IOException {
    int which = repetition.getCurrentRepetition() - 1;
    byte[] stored = new byte[classes.length];
    Grid grid = mirrored(stored, (which & 1) != 0, (which & 2) != 0, (which & 4) != 0);
    image();
    Path nifti = root.resolve("a_label.nii.gz");
    Nifti.writeMask(nifti, grid, stored);
    assertThat(mask()).containsExactly(classes);
    Files.delete(nifti);
    nrrd(grid, stored);
    assertThat(mask()).containsExactly(classes);
  }

  /** As 3D Slicer writes it: to the left and to the back. */
  private Path nrrd(Grid grid, byte[] stored) {
    List<Double> a = grid.affine();
    String header =
        """
        NRRD0004
        type: uint8
        dimension: 3
        space: left-posterior-superior
        sizes: 3 4 5
        encoding: raw
        space directions: (%s,0,0) (0,%s,0) (0,0,%s)
        space origin: (%s,%s,%s)

        """
            .formatted(-a.get(0), -a.get(5), a.get(10), -a.get(3), -a.get(7), a.get(11));
    byte[] data = new byte[stored.length];
    int at = 0;
    for (int k = 0; k < 5; k++) {
      for (int j = 0; j < 4; j++) {
        for (int i = 0; i < 3; i++) {
          data[at++] = stored[(i * 4 + j) * 5 + k];
        }
      }
    }
    return Bytes.write(
        root.resolve("a_label.nrrd"), Bytes.join(header.getBytes(StandardCharsets.UTF_8), data));
  }

  @Test
  void axesInAnotherOrderAreExchanged() {
    byte[] stored = new byte[classes.length];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 5; k++) {
          stored[(k * 3 + i) * 4 + j] = classes[(i * 4 + j) * 5 + k];
        }
      }
    }
    image();
    Nifti.writeMask(
        root.resolve("a_label.nii.gz"),
        new Grid(5, 3, 4, List.of(0.0, 1.5, 0.0, -20.0, 0.0, 0.0, 2.0, 30.0, 2.5, 0.0, 0.0, 7.0)),
        stored);
    assertThat(mask()).containsExactly(classes);
  }

  private static Grid with(int at, double more) {
    List<Double> affine = new ArrayList<>(GRID.affine());
    affine.set(at, affine.get(at) + more);
    return new Grid(3, 4, 5, affine);
  }

  @ParameterizedTest
  @CsvSource({"0, 1e-4", "3, 1e-4", "7, -1e-4", "1, 1e-4", "10, 1e-4"})
  void whatFilesRoundIsTheSame(int at, double more) {
    image();
    Nifti.writeMask(root.resolve("a_label.nii.gz"), with(at, more), classes);
    assertThat(mask()).containsExactly(classes);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "3, 0.01", "7, -2", "1, 0.1", "10, -5"})
  void labelsOnAnotherGridAreRefused(int at, double more) {
    image();
    Path file = root.resolve("a_label.nii.gz");
    Nifti.writeMask(file, with(at, more), classes);
    assertThatThrownBy(this::mask)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": the label lies on another grid (3 x 4 x 5 voxels, ")
        .hasMessageContaining(
            ") than the image "
                + root.resolve("a_image.nii.gz")
                + " (3 x 4 x 5 voxels, spacing 1.5 x 2 x 2.5 mm, origin (-20, 30, 7),"
                + " axes (1, 0, 0) (0, 1, 0) (0, 0, 1)); resample the label")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void filesThatTellNoPlaceAreComparedAsFarAsTheyTell() {
    image();
    Path label = root.resolve("a_label.nrrd");
    String plain = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 3 4 5\nencoding: raw\n%s\n";
    byte[] data = new byte[60];
    data[1] = 1;
    for (String spacings : List.of("", "spacings: 1.5 2 2.5\n", "spacings: nan nan nan\n")) {
      Bytes.write(
          label, Bytes.join(plain.formatted(spacings).getBytes(StandardCharsets.UTF_8), data));
      assertThat(mask()[20]).isEqualTo((byte) 1);
    }
    Bytes.write(
        label,
        Bytes.join(plain.formatted("spacings: 1.5 2 3\n").getBytes(StandardCharsets.UTF_8), data));
    assertThatThrownBy(this::mask).hasMessageContaining("spacing 1.5 x 2 x 3 mm");
  }

  @Test
  void linksToNothingAndDevicesAreNotPassedOver() throws IOException {
    image();
    for (String id : List.of("a", "b", "c")) {
      Nifti.writeMask(root.resolve(id + "_label.nii.gz"), GRID, classes);
    }
    Path device = Files.createSymbolicLink(root.resolve("b_image.nii"), Path.of("/dev/zero"));
    Path broken = Files.createSymbolicLink(root.resolve("c_image.nii"), root.resolve("gone"));
    assertThatThrownBy(() -> new Volumes().open(Requests.of(root)))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .anySatisfy(
                        p -> assertThat(p).startsWith(device + ": cannot be read: it is a pipe"))
                    .anySatisfy(p -> assertThat(p).startsWith(broken + ": there is no such file")));
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed(@TempDir Path elsewhere) throws IOException {
    image();
    Path label = elsewhere.resolve("label.nii.gz");
    Nifti.writeMask(label, GRID, classes);
    Path link = Files.createSymbolicLink(root.resolve("a_label.nii.gz"), label);
    assertThatThrownBy(() -> new Volumes().open(Requests.of(root)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            link
                + ": lies behind a link that leads out of "
                + root
                + "; put a copy there, or name the folder that holds both");
    Files.delete(link);
    Files.move(label, root.resolve("drawn.gz"));
    Files.createSymbolicLink(link, Path.of("drawn.gz"));
    assertThat(mask()).containsExactly(classes);
  }
}
