package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceTest {
  private static final Extent NINE = new Extent(9, 9, 9);

  private static long count(byte[] mask) {
    long count = 0;
    for (byte voxel : mask) {
      count += voxel != 0 ? 1 : 0;
    }
    return count;
  }

  /** As the definition has it: erosion first, then the difference. */
  private static byte[] slow(byte[] mask, Extent e) {
    byte[] border = new byte[mask.length];
    int[][] cross = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    for (int i = 0; i < mask.length; i++) {
      boolean kept = mask[i] != 0;
      for (int[] d : cross) {
        int x = i / (e.y() * e.z()) + d[0];
        int y = i / e.z() % e.y() + d[1];
        int z = i % e.z() + d[2];
        boolean inside = x >= 0 && y >= 0 && z >= 0 && x < e.x() && y < e.y() && z < e.z();
        kept &= inside && mask[e.index(x, y, z)] != 0;
      }
      border[i] = (byte) (mask[i] != 0 && !kept ? 1 : 0);
    }
    return border;
  }

  @Test
  void ofACubeIsAllButItsInside() {
    byte[] cube = Blobs.box(NINE, 2, 2, 2, new Extent(5, 5, 5));
    byte[] border = Surface.of(cube, NINE);
    assertThat(count(border)).isEqualTo(125 - 27);
    assertThat(border[NINE.index(4, 4, 4)]).isZero();
    assertThat(border[NINE.index(2, 4, 4)]).isEqualTo((byte) 1);
  }

  @Test
  void voxelsOnTheFaceOfTheVolumeAreBorder() {
    byte[] all = new byte[NINE.voxels()];
    Arrays.fill(all, (byte) 7);
    assertThat(count(Surface.of(all, NINE))).isEqualTo(729 - 343);
    assertThat(Surface.of(all, NINE)).contains((byte) 1).doesNotContain((byte) 7);
    assertThat(count(Surface.of(new byte[729], NINE))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.3", "0.7", "0.9", "0.99"})
  void isTheMaskWithoutItsErosion(double share) {
    Extent extent = new Extent(6, 5, 7);
    for (int seed = 0; seed < 20; seed++) {
      byte[] mask = Blobs.random(extent, share, seed);
      assertThat(Surface.of(mask, extent)).isEqualTo(slow(mask, extent));
    }
  }

  @Test
  void percentilesInterpolateAsNumPyDoes() {
    SurfaceDistances distances = new SurfaceDistances(new double[] {4, 1}, new double[] {0, 2, 10});
    assertThat(distances.hausdorff(100)).isEqualTo(10);
    assertThat(distances.hausdorff(0)).isZero();
    assertThat(distances.hausdorff(50)).isEqualTo(2);
    assertThat(distances.hausdorff(95)).isCloseTo(8.8, within(1e-12));
    assertThat(distances.hausdorff(30)).isCloseTo(1.2, within(1e-12));
    assertThat(distances.average()).isEqualTo(2.5);
    SurfaceDistances one = new SurfaceDistances(new double[] {3}, new double[] {3});
    assertThat(one.hausdorff(95)).isEqualTo(3);
  }

  @Test
  void emptyMasksHaveNoBorder() {
    byte[] some = Blobs.points(NINE, 1, 2, 3);
    byte[] none = new byte[729];
    assertThatThrownBy(() -> SurfaceDistances.between(none, some, NINE, Spacing.VOXELS))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> SurfaceDistances.between(some, none, NINE, Spacing.VOXELS))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> SurfaceDistances.between(none, none, NINE, Spacing.VOXELS))
        .hasMessageContaining("empty");
  }
}
