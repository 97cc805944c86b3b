package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegridTest {
  private final Random random = new Random(3);

  private byte[] classes(Grid grid) {
    byte[] classes = new byte[grid.voxels()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) (1 + random.nextInt(4));
    }
    return classes;
  }

  /** Any axes that are far from lying in one plane, as single precision keeps them. */
  private Grid oblique(int x, int y, int z) {
    double[] a = new double[12];
    for (int i = 0; i < 12; i++) {
      a[i] = (float) (i % 5 == 0 ? 0.5 + random.nextDouble() : 0.2 * random.nextGaussian());
    }
    a[3] = (float) (200 * random.nextGaussian());
    a[7] = (float) (200 * random.nextGaussian());
    a[11] = (float) (200 * random.nextGaussian());
    return new Grid(x, y, z, java.util.Arrays.stream(a).boxed().toList());
  }

  /** The grid of a box of it, its affine in single precision, as fields of records hold it. */
  private static Grid cut(Grid grid, int[] low, int x, int y, int z) {
    List<Double> a = new java.util.ArrayList<>(grid.affine());
    for (int row = 0; row < 12; row += 4) {
      double moved = a.get(row + 3);
      for (int axis = 0; axis < 3; axis++) {
        moved += a.get(row + axis) * low[axis];
      }
      a.set(row + 3, (double) (float) moved);
    }
    return new Grid(x, y, z, a);
  }

  @Test
  void whatWasCutComesBackToItsPlaceAndTheRestIsBackground() {
    for (int round = 0; round < 30; round++) {
      Grid whole = oblique(6 + random.nextInt(5), 6 + random.nextInt(5), 6 + random.nextInt(5));
      int[] low = {random.nextInt(4), random.nextInt(4), random.nextInt(4)};
      Grid part = cut(whole, low, 2, 1 + random.nextInt(2), 2);
      byte[] mask = classes(part);
      byte[] back = Regrid.nearest(mask, part, whole);
      int at = 0;
      for (int i = 0; i < whole.x(); i++) {
        for (int j = 0; j < whole.y(); j++) {
          for (int k = 0; k < whole.z(); k++) {
            int x = i - low[0];
            int y = j - low[1];
            int z = k - low[2];
            boolean in = x >= 0 && x < part.x() && y >= 0 && y < part.y() && z >= 0 && z < part.z();
            int expected = in ? mask[(x * part.y() + y) * part.z() + z] : 0;
            assertThat(back[at++]).isEqualTo((byte) expected);
          }
        }
      }
    }
  }

  @Test
  void coarseVoxelsFillTheFineOnesInThem() {
    Grid fine = Grid.of(6, 4, 2, 1, 1, 1);
    // twice as large, their outer faces at the same place
    Grid coarse =
        new Grid(3, 2, 1, List.of(2.0, 0.0, 0.0, 0.5, 0.0, 2.0, 0.0, 0.5, 0.0, 0.0, 2.0, 0.5));
    byte[] mask = {1, 2, 3, 4, 5, 6};
    byte[] back = Regrid.nearest(mask, coarse, fine);
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 2; k++) {
          assertThat(back[(i * 4 + j) * 2 + k]).isEqualTo(mask[i / 2 * 2 + j / 2]);
        }
      }
    }
  }

  @Test
  void theSameGridKeepsItsMask() {
    Grid grid = oblique(3, 4, 5);
    byte[] mask = classes(grid);
    assertThat(Regrid.nearest(mask, grid, grid)).isSameAs(mask);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Grid grid = Grid.of(2, 2, 2, 1, 1, 1);
    assertThatThrownBy(() -> Regrid.nearest(new byte[7], grid, grid))
        .hasMessageContaining("a mask of 7 voxels");
    assertThatThrownBy(
            () -> Regrid.nearest(new byte[8], Grid.of(2, 2, 2, 1, 0, 1), Grid.of(1, 1, 1, 1, 1, 1)))
        .hasMessageContaining("do not span space");
  }
}
