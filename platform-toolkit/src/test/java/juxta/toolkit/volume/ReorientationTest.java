package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReorientationTest {
  @TempDir Path folder;

  /** A grid whose axes lie anywhere in space. */
  private static Grid oblique(Random random, int x, int y, int z) {
    double[][] axes = new double[3][];
    double a = random.nextDouble() * 6;
    double b = random.nextDouble() * 6;
    axes[0] = new double[] {Math.cos(a) * Math.cos(b), Math.sin(a) * Math.cos(b), Math.sin(b)};
    axes[1] = new double[] {-Math.sin(a), Math.cos(a), 0};
    axes[2] = new double[] {-Math.cos(a) * Math.sin(b), -Math.sin(a) * Math.sin(b), Math.cos(b)};
    List<Double> affine = new ArrayList<>();
    double[] spacing = {0.5 + random.nextDouble(), 0.5 + random.nextDouble(), 3};
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        affine.add(axes[axis][row] * spacing[axis]);
      }
      affine.add(random.nextDouble() * 400 - 200);
    }
    return new Grid(x, y, z, affine);
  }

  /** A mask stored in another order of the axes. */
  private record Stored(Grid grid, byte[] mask) {}

  private static Stored stored(Grid grid, byte[] mask, List<Integer> order, boolean... turned) {
    int[] sizes = {grid.x(), grid.y(), grid.z()};
    int[] now = order.stream().mapToInt(axis -> sizes[axis]).toArray();
    List<Double> affine = new ArrayList<>(Collections.nCopies(12, 0.0));
    for (int row = 0; row < 12; row += 4) {
      double origin = grid.affine().get(row + 3);
      for (int axis = 0; axis < 3; axis++) {
        double step = grid.affine().get(row + order.get(axis));
        affine.set(row + axis, turned[axis] ? -step : step);
        origin += turned[axis] ? step * (now[axis] - 1) : 0;
      }
      affine.set(row + 3, origin);
    }
    byte[] moved = new byte[mask.length];
    int[] old = new int[3];
    int at = 0;
    for (int i = 0; i < now[0]; i++) {
      for (int j = 0; j < now[1]; j++) {
        for (int k = 0; k < now[2]; k++) {
          int[] index = {i, j, k};
          for (int axis = 0; axis < 3; axis++) {
            old[order.get(axis)] = turned[axis] ? now[axis] - 1 - index[axis] : index[axis];
          }
          moved[at++] = mask[(old[0] * grid.y() + old[1]) * grid.z() + old[2]];
        }
      }
    }
    return new Stored(new Grid(now[0], now[1], now[2], affine), moved);
  }

  private static byte[] mask(Grid grid, Random random) {
    byte[] mask = new byte[grid.voxels()];
    random.nextBytes(mask);
    return mask;
  }

  @RepeatedTest(48)
  void masksInAnyOrderOfAxesComeBackExactly(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Grid grid = oblique(random, 4, 3 + random.nextInt(2), 4 + random.nextInt(3));
    byte[] mask = mask(grid, random);
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    Collections.shuffle(order, random);
    Stored label =
        stored(grid, mask, order, random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    assertThat(Reorientation.between(label.grid(), grid).orElseThrow().apply(label.mask()))
        .containsExactly(mask);
  }

  /** The label as NIfTI and as NRRD, which turns right and front around, and both rounded. */
  @RepeatedTest(24)
  void labelsOfBothFormatsComeBackExactly(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Grid grid = oblique(random, 5, 6, 7);
    byte[] mask = mask(grid, random);
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    Collections.shuffle(order, random);
    Stored label =
        stored(grid, mask, order, random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    Scan image = nifti(new Stored(grid, mask));
    for (Scan read : List.of(nifti(label), nrrd(label))) {
      byte[] bytes = new byte[mask.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (int) read.voxels()[i];
      }
      assertThat(read.placement()).isEqualTo(Placement.FULL);
      assertThat(Reorientation.between(read.grid(), image.grid()).orElseThrow().apply(bytes))
          .containsExactly(mask);
    }
  }

  private Scan nifti(Stored label) {
    Path file = folder.resolve("a.nii.gz");
    Nifti.writeMask(file, label.grid(), label.mask());
    return Nifti.read(file);
  }

  private Scan nrrd(Stored label) {
    Grid grid = label.grid();
    StringBuilder header = new StringBuilder("NRRD0004\ntype: uint8\ndimension: 3\nspace: LPS\n");
    header.append("sizes: %d %d %d\nencoding: raw\n".formatted(grid.x(), grid.y(), grid.z()));
    header.append("space directions:");
    for (int axis = 0; axis < 3; axis++) {
      header.append(" ").append(vector(grid, axis));
    }
    header.append("\nspace origin: ").append(vector(grid, 3)).append("\n\n");
    float[] numbers = new float[label.mask().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = label.mask()[i] & 0xFF;
    }
    return Nrrd.read(
        ScanFiles.write(
            folder.resolve("a.nrrd"),
            ScanFiles.text(header.toString()),
            ScanFiles.stored(
                numbers, grid.x(), grid.y(), grid.z(), VoxelType.UINT8, ByteOrder.BIG_ENDIAN)));
  }

  private static String vector(Grid grid, int column) {
    List<Double> a = grid.affine();
    return "(%.7f,%.7f,%.7f)".formatted(-a.get(column), -a.get(4 + column), a.get(8 + column));
  }

  private static Grid with(Grid grid, int at, double more) {
    List<Double> affine = new ArrayList<>(grid.affine());
    affine.set(at, affine.get(at) + more);
    return new Grid(grid.x(), grid.y(), grid.z(), affine);
  }

  @Test
  void whatFilesRoundIsTheSameAndWhatLiesElsewhereIsNot() {
    Grid grid = Grid.of(20, 18, 12, 1, 1, 1);
    for (int at = 0; at < 12; at++) {
      assertThat(Reorientation.between(with(grid, at, 1e-4), grid)).as("%d", at).isPresent();
      assertThat(Reorientation.between(with(grid, at, 2e-3), grid)).as("%d", at).isEmpty();
      assertThat(Reorientation.between(with(grid, at, -0.5), grid)).as("%d", at).isEmpty();
    }
    assertThat(Reorientation.between(Grid.of(20, 18, 12, 1, 1, 1.5), grid)).isEmpty();
    assertThat(Reorientation.between(Grid.of(20, 18, 13, 1, 1, 1), grid)).isEmpty();
    assertThat(Reorientation.between(Grid.of(18, 20, 12, 1, 1, 1), grid)).isEmpty();
    Grid flat = with(grid, 10, -1); // its third axis goes nowhere
    assertThat(Reorientation.between(flat, grid)).isEmpty();
    assertThat(Reorientation.between(grid, flat)).isEmpty();
  }

  @Test
  void roundingMayNotAddUpToATenthOfAVoxel() {
    Grid grid = Grid.of(512, 512, 900, 1, 1, 1);
    assertThat(Reorientation.between(with(grid, 0, 1e-4), grid)).isPresent();
    assertThat(Reorientation.between(with(grid, 10, 1.4e-4), grid)).isEmpty();
  }
}
