package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentsTest {
  private static final Extent EXTENT = new Extent(7, 8, 9);

  @Test
  void keepsTheLargestPart() {
    byte[] large = Blobs.box(EXTENT, 3, 4, 5, new Extent(2, 2, 2));
    byte[] mask = large.clone();
    mask[EXTENT.index(0, 0, 0)] = 1;
    mask[EXTENT.index(0, 0, 1)] = 1;
    mask[EXTENT.index(6, 7, 8)] = 1;
    assertThat(Components.largest(mask, EXTENT)).isEqualTo(large);
  }

  @Test
  void cornersTouch() {
    byte[] diagonal = Blobs.points(EXTENT, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 1, 3);
    byte[] mask = diagonal.clone();
    mask[EXTENT.index(6, 6, 0)] = 1;
    mask[EXTENT.index(6, 6, 1)] = 1;
    mask[EXTENT.index(6, 6, 2)] = 1;
    assertThat(Components.largest(mask, EXTENT)).isEqualTo(diagonal);
  }

  @Test
  void rowsDoNotTouchAroundTheEdge() {
    // the last voxel of a row and the first of the next lie side by side in memory only
    byte[] mask = Blobs.points(EXTENT, 1, 1, 8, 1, 3, 0, 1, 2, 0);
    assertThat(Components.largest(mask, EXTENT)).isEqualTo(Blobs.points(EXTENT, 1, 3, 0, 1, 2, 0));
  }

  @Test
  void ofEqualPartsTheFirstIsKept() {
    byte[] mask = Blobs.points(EXTENT, 0, 0, 3, 0, 0, 4, 5, 5, 5, 5, 5, 6);
    assertThat(Components.largest(mask, EXTENT)).isEqualTo(Blobs.points(EXTENT, 0, 0, 3, 0, 0, 4));
  }

  @Test
  void emptyStaysEmptyAndTheArgumentIsLeftAlone() {
    byte[] none = new byte[EXTENT.voxels()];
    assertThat(Components.largest(none, EXTENT)).isEqualTo(none);
    byte[] mask = Blobs.random(EXTENT, .2, 1);
    byte[] before = mask.clone();
    Components.largest(mask, EXTENT);
    assertThat(mask).isEqualTo(before);
  }

  @Test
  void aMillionVoxelsNeedNoStack() {
    Extent extent = new Extent(100, 100, 100);
    byte[] all = new byte[extent.voxels()];
    Arrays.fill(all, (byte) 255);
    assertThat(Components.largest(all, extent)).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {.02, .05, .1, .2})
  void isOnePartOfTheMaskAndNoOtherIsLarger(double share) {
    for (int seed = 0; seed < 20; seed++) {
      byte[] rest = Blobs.random(EXTENT, share, seed);
      int size = Integer.MAX_VALUE;
      for (int part = 0; part < 200; part++) { // takes one part after another away
        byte[] largest = Components.largest(rest, EXTENT);
        int found = count(largest);
        assertThat(found).isLessThanOrEqualTo(size);
        assertThat(Components.largest(largest, EXTENT)).isEqualTo(largest);
        size = found;
        for (int i = 0; i < rest.length; i++) {
          assertThat(largest[i]).isLessThanOrEqualTo(rest[i]);
          rest[i] -= largest[i];
        }
        assertThat(apart(largest, rest)).isTrue();
      }
      assertThat(size).isZero();
    }
  }

  private static boolean apart(byte[] a, byte[] b) {
    if (count(a) == 0 || count(b) == 0) {
      return true;
    }
    double[] distances = DistanceTransform.of(a, EXTENT, Spacing.VOXELS);
    for (int i = 0; i < b.length; i++) {
      if (b[i] != 0 && distances[i] < 1.8) { // corner to corner is the root of 3
        return false;
      }
    }
    return true;
  }

  private static int count(byte[] mask) {
    int count = 0;
    for (byte voxel : mask) {
      count += voxel;
    }
    return count;
  }

  @Test
  void masksOfOtherSizesAreRefused() {
    assertThatThrownBy(() -> Components.largest(new byte[2], EXTENT))
        .hasMessageContaining("7 x 8 x 9");
  }
}
