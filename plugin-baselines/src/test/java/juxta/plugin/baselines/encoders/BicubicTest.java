package juxta.plugin.baselines.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BicubicTest {
  /** The weights of Keys' kernel with a = -0.75 for an upsampling by 2, worked out by hand. */
  @Test
  void doublesAnAxisLikePyTorch() {
    double[][] weights = Bicubic.axis(4, 8);
    // output 3 lies at input 1.25: taps 0 to 3 at distances 1.25, 0.25, 0.75, 1.75
    assertThat(weights[3])
        .containsExactly(
            new double[] {-0.10546875, 0.87890625, 0.26171875, -0.03515625}, within(1e-12));
    // output 0 lies at input -0.25: three taps fall on or before the first element
    assertThat(weights[0])
        .containsExactly(
            new double[] {-0.03515625 + 0.26171875 + 0.87890625, -0.10546875, 0, 0}, within(1e-12));
  }

  @Test
  void everyOutputIsAnAverage() {
    for (float[] row : Bicubic.grid(3, 5, 7, 2)) {
      double sum = 0;
      for (float weight : row) {
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void theSameSizeIsTheIdentity() {
    float[][] weights = Bicubic.grid(2, 3, 2, 3);
    for (int i = 0; i < 6; i++) {
      float[] expected = new float[6];
      Arrays.fill(expected, 0);
      expected[i] = 1;
      assertThat(weights[i]).containsExactly(expected, within(1e-6f));
    }
  }
}
