package juxta.plugin.datasets.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;
import org.junit.jupiter.api.Test;

/** Cuts of scans whose intensities say where their voxels lay. */
class MaskCropTest {
  private final Random random = new Random(11);

  /** A scan with a label somewhere: its voxels are numbered, its affine is any. */
  private record Case(LabelledScan scan, int[] size, int[] low, int[] high) {}

  private Case draw() {
    int[] size = new int[3];
    int[] low = new int[3];
    int[] high = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      size[axis] = 1 + random.nextInt(24);
      low[axis] = random.nextInt(size[axis]);
      high[axis] = low[axis] + 1 + random.nextInt(size[axis] - low[axis]);
    }
    List<Double> affine = random.doubles(12, -3, 3).boxed().toList();
    Grid grid = new Grid(size[0], size[1], size[2], affine);
    float[] voxels = new float[grid.voxels()];
    byte[] classes = new byte[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = i;
    }
    // Two corners are enough to span the box.
    classes[index(grid, low[0], low[1], low[2])] = 1;
    classes[index(grid, high[0] - 1, high[1] - 1, high[2] - 1)] = 1;
    return new Case(
        new LabelledScan(new Scan(grid, voxels), Optional.of(classes)), size, low, high);
  }

  private static int index(Grid grid, int i, int j, int k) {
    return (i * grid.y() + j) * grid.z() + k;
  }

  private static int[] size(Grid grid) {
    return new int[] {grid.x(), grid.y(), grid.z()};
  }

  private static int[] first(Case from, LabelledScan cut) {
    int at = (int) cut.scan().voxels()[0];
    int[] size = from.size();
    return new int[] {at / (size[1] * size[2]), at / size[2] % size[1], at % size[2]};
  }

  @Test
  void sidesMoveOutByHalfOfWhatIsMissingTheMarginAndADraw() {
    for (int round = 0; round < 400; round++) {
      Case one = draw();
      MaskCrop crop =
          new MaskCrop(
              Optional.of(random.nextInt(4)),
              random.nextBoolean() ? "xyz" : "xy",
              random.nextInt(20),
              random.nextInt(4),
              round);
      LabelledScan cut = crop.apply("case" + round, one.scan());
      int[] first = first(one, cut);
      int[] left = size(cut.grid());
      for (int axis = 0; axis < 3; axis++) {
        int last = first[axis] + left[axis];
        if (axis == 2 && crop.axes().equals("xy")) {
          assertThat(first[axis]).isZero();
          assertThat(last).isEqualTo(one.size()[axis]);
          continue;
        }
        // The label is in the box, and the box in the scan.
        assertThat(first[axis]).isBetween(0, one.low()[axis]);
        assertThat(last).isBetween(one.high()[axis], one.size()[axis]);
        // Only a face of the scan keeps it below the size.
        int extent = one.high()[axis] - one.low()[axis];
        boolean atFace = first[axis] == 0 || last == one.size()[axis];
        assertThat(atFace || left[axis] >= crop.size() + 2 * crop.margin().orElseThrow()).isTrue();
        int least =
            crop.margin().orElseThrow() + (int) Math.ceil(Math.max(0, crop.size() - extent) / 2.0);
        int before = one.low()[axis] - first[axis];
        int after = last - one.high()[axis];
        assertThat(before).isBetween(Math.min(least, one.low()[axis]), least + crop.jitter());
        assertThat(after)
            .isBetween(Math.min(least, one.size()[axis] - one.high()[axis]), least + crop.jitter());
      }
    }
  }

  @Test
  void voxelsKeepTheirClassAndTheirPlaceInTheWorld() {
    for (int round = 0; round < 100; round++) {
      Case one = draw();
      LabelledScan cut =
          new MaskCrop(Optional.of(random.nextInt(3)), "xyz", random.nextInt(9), 2, 0)
              .apply("case", one.scan());
      int[] first = first(one, cut);
      Grid grid = cut.grid();
      for (int i = 0; i < grid.x(); i++) {
        for (int j = 0; j < grid.y(); j++) {
          for (int k = 0; k < grid.z(); k++) {
            int at = index(one.scan().grid(), first[0] + i, first[1] + j, first[2] + k);
            int now = index(grid, i, j, k);
            assertThat(cut.scan().voxels()[now]).isEqualTo(at);
            assertThat(cut.classes().orElseThrow()[now])
                .isEqualTo(one.scan().classes().orElseThrow()[at]);
          }
        }
      }
      for (int row = 0; row < 3; row++) {
        assertThat(world(grid, row, grid.x() - 1, 0, grid.z() - 1))
            .isCloseTo(
                world(
                    one.scan().grid(),
                    row,
                    first[0] + grid.x() - 1,
                    first[1],
                    first[2] + grid.z() - 1),
                within(1e-9));
      }
    }
  }

  private static double world(Grid grid, int row, int i, int j, int k) {
    List<Double> a = grid.affine();
    return a.get(4 * row) * i
        + a.get(4 * row + 1) * j
        + a.get(4 * row + 2) * k
        + a.get(4 * row + 3);
  }

  /** A scan of 60 voxels a side with a label of one voxel in the middle. */
  private static LabelledScan middle() {
    Grid grid = Grid.of(60, 60, 60, 1, 1, 1);
    byte[] classes = new byte[grid.voxels()];
    classes[index(grid, 30, 30, 30)] = 1;
    return new LabelledScan(new Scan(grid, new float[classes.length]), Optional.of(classes));
  }

  @Test
  void drawsDependOnCaseAndSeedAndNothingElse() {
    LabelledScan scan = middle();
    Set<Grid> seen = new HashSet<>();
    for (int seed = 0; seed < 3; seed++) {
      for (int i = 0; i < 10; i++) {
        MaskCrop crop = new MaskCrop(Optional.of(0), "xyz", 0, 20, seed);
        Grid grid = crop.apply("case" + i, scan).grid();
        assertThat(crop.apply("case" + i, scan).grid()).isEqualTo(grid);
        assertThat(seen.add(grid)).isTrue();
        Grid flat = new MaskCrop(Optional.of(0), "xy", 0, 20, seed).apply("case" + i, scan).grid();
        assertThat(List.of(flat.x(), flat.y())).containsExactly(grid.x(), grid.y());
      }
    }
  }

  @Test
  void eachSideHasADrawOfItsOwnAndAllDrawsCome() {
    LabelledScan scan = middle();
    Set<Integer> before = new HashSet<>();
    Set<Integer> after = new HashSet<>();
    boolean differ = false;
    for (int i = 0; i < 60; i++) {
      Grid grid = new MaskCrop(Optional.of(10), "xy", 0, 9, 0).apply("case" + i, scan).grid();
      int low = 30 - grid.affine().get(3).intValue();
      int high = grid.x() - 1 - low;
      before.add(low);
      after.add(high);
      differ |= low != high;
      assertThat(grid.z()).isEqualTo(60);
    }
    assertThat(differ).isTrue();
    assertThat(before).containsExactlyInAnyOrder(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    assertThat(after).isEqualTo(before);
  }
}
