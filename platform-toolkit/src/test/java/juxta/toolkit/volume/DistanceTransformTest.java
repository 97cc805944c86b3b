package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistanceTransformTest {
  /** Every voxel against every voxel of the mask. */
  private static double[] slow(byte[] mask, Extent e, Spacing s) {
    double[] all = new double[mask.length];
    for (int a = 0; a < mask.length; a++) {
      double least = Double.POSITIVE_INFINITY;
      for (int b = 0; b < mask.length; b++) {
        if (mask[b] != 0) {
          double x = s.x() * (a / (e.y() * e.z()) - b / (e.y() * e.z()));
          double y = s.y() * (a / e.z() % e.y() - b / e.z() % e.y());
          double z = s.z() * (a % e.z() - b % e.z());
          least = Math.min(least, x * x + y * y + z * z);
        }
      }
      all[a] = Math.sqrt(least);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.002, 0.02, 0.1, 0.5, 0.95, 1})
  void equalsComparisonOfAllPairs(double share) {
    Random random = new Random(3);
    for (int trial = 0; trial < 25; trial++) {
      Extent extent =
          new Extent(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
      Spacing spacing =
          new Spacing(
              0.1 + random.nextDouble(), 0.1 + 3 * random.nextDouble(), 0.1 + random.nextDouble());
      byte[] mask = Blobs.random(extent, share, trial);
      assertThat(DistanceTransform.of(mask, extent, spacing))
          .describedAs("%s, %s", extent, spacing)
          .containsExactly(slow(mask, extent, spacing), within(1e-12));
      assertThat(DistanceTransform.of(mask, extent, Spacing.VOXELS))
          .isEqualTo(slow(mask, extent, Spacing.VOXELS));
    }
  }

  @Test
  void squaresOfDistancesInVoxelsAreWhole() {
    Extent extent = new Extent(40, 30, 20);
    byte[] mask = Blobs.points(extent, 0, 0, 0, 39, 29, 19);
    double[] distances = DistanceTransform.of(mask, extent, Spacing.VOXELS);
    assertThat(distances[extent.index(3, 4, 12)]).isEqualTo(13);
    assertThat(distances[extent.index(39, 29, 19)]).isZero();
    assertThat(distances[extent.index(38, 29, 18)]).isEqualTo(Math.sqrt(2));
  }

  @Test
  void ofAnEmptyMaskIsInfinite() {
    Extent extent = new Extent(3, 4, 5);
    assertThat(DistanceTransform.of(new byte[60], extent, Spacing.VOXELS))
        .containsOnly(Double.POSITIVE_INFINITY);
  }

  @Test
  void oneVoxelReachesAllAlongEachAxis() {
    Extent extent = new Extent(1, 1, 6);
    byte[] mask = Blobs.points(extent, 0, 0, 2);
    assertThat(DistanceTransform.of(mask, extent, new Spacing(9, 9, .5)))
        .containsExactly(1, .5, 0, .5, 1, 1.5);
    assertThat(DistanceTransform.of(mask, new Extent(6, 1, 1), new Spacing(2, 9, 9)))
        .containsExactly(4, 2, 0, 2, 4, 6);
    assertThat(DistanceTransform.of(mask, new Extent(1, 6, 1), new Spacing(9, 3, 9)))
        .containsExactly(6, 3, 0, 3, 6, 9);
  }

  @Test
  void anySetByteCounts() {
    Extent extent = new Extent(1, 1, 3);
    assertThat(DistanceTransform.of(new byte[] {0, (byte) 255, 0}, extent, Spacing.VOXELS))
        .containsExactly(1, 0, 1);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> DistanceTransform.of(new byte[5], new Extent(1, 2, 3), Spacing.VOXELS))
        .hasMessageContaining("5 voxels, not of 1 x 2 x 3");
    assertThatThrownBy(() -> new Spacing(1, 0, 1)).hasMessageContaining("1.0 x 0.0 x 1.0");
    assertThatThrownBy(() -> new Spacing(1, Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Extent(1, 0, 1)).hasMessageContaining("1 x 0 x 1");
    assertThatThrownBy(() -> new Extent(2048, 1024, 1024)).hasMessageContaining("2048");
    assertThat(new Extent(2047, 1024, 1024).voxels()).isPositive();
  }
}
