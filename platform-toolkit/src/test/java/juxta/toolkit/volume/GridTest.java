package juxta.toolkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void spacingIsTheLengthOfAStep() {
    Grid turned = // a quarter turn about z, 2 x 3 x 4 mm
        new Grid(5, 6, 7, List.of(0.0, -3.0, 0.0, 1.0, 2.0, 0.0, 0.0, 2.0, 0.0, 0.0, 4.0, 3.0));
    assertThat(turned.spacing(0)).isCloseTo(2, within(1e-12));
    assertThat(turned.spacing(1)).isCloseTo(3, within(1e-12));
    assertThat(turned.spacing(2)).isCloseTo(4, within(1e-12));
    assertThat(turned.voxels()).isEqualTo(210);
    assertThat(Grid.of(1, 1, 1, 0.5, 0.6, 0.7).spacing(2)).isEqualTo(0.7);
  }

  @Test
  void impossibleGridsAreRefused() {
    assertThatThrownBy(() -> Grid.of(0, 1, 1, 1, 1, 1)).hasMessageContaining("0 x 1 x 1");
    assertThatThrownBy(() -> new Grid(1, 1, 1, List.of(1.0))).hasMessageContaining("12");
    assertThatThrownBy(() -> Grid.of(1, 1, 1, Double.NaN, 1, 1)).hasMessageContaining("finite");
  }

  @Test
  void wordsTellAllThatTellsGridsApart() {
    Grid turned = // a quarter turn about z
        new Grid(5, 6, 7, List.of(0.0, -3.0, 0.0, 1.0, 2.0, 0.0, 0.0, -2.25, 0.0, 0.0, 1.25, 3e6));
    assertThat(turned.words())
        .isEqualTo(
            "5 x 6 x 7 voxels, spacing 2 x 3 x 1.25 mm, origin (1, -2.25, 3000000),"
                + " axes (0, 1, 0) (-1, 0, 0) (0, 0, 1)");
  }
}
