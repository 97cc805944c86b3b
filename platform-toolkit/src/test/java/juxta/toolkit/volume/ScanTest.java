package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScanTest {
  @Test
  void zRunsFastest() {
    float[] voxels = new float[24];
    for (int i = 0; i < 24; i++) {
      voxels[i] = i;
    }
    Scan scan = new Scan(Grid.of(2, 3, 4, 1, 1, 1), voxels);
    assertThat(scan.at(0, 0, 1)).isEqualTo(1);
    assertThat(scan.at(0, 1, 0)).isEqualTo(4);
    assertThat(scan.at(1, 0, 0)).isEqualTo(12);
    assertThat(scan.at(1, 2, 3)).isEqualTo(23);
  }

  @Test
  void voxelsOutsideAreRefused() {
    Scan scan = new Scan(Grid.of(2, 3, 4, 1, 1, 1), new float[24]);
    assertThatThrownBy(() -> scan.at(0, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> scan.at(0, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> scan.at(2, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theNumbersMustFillTheGrid() {
    assertThatThrownBy(() -> new Scan(Grid.of(2, 3, 4, 1, 1, 1), new float[23]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("23 numbers for a grid of 2 x 3 x 4 voxels");
  }
}
