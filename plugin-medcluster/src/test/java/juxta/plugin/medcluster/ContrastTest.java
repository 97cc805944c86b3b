package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;

class ContrastTest {
  private static double loss(double temperature, int b, float... z) {
    FakeSetup setup = FakeSetup.at(temperature, Blobs.of(6), b);
    return Graphs.floats(
        scope -> Contrast.of(setup, scope, Graphs.tensor(scope, z, 2 * b, z.length / 2 / b), b))[0];
  }

  @Test
  void theIdentityTwice() {
    assertThat(loss(1, 2, 1, 0, 0, 1, 1, 0, 0, 1)).isCloseTo(0.55144471, within(1e-6));
    assertThat(loss(0.5, 2, 1, 0, 0, 1, 1, 0, 0, 1)).isCloseTo(0.23954477, within(1e-6));
  }

  @Test
  void equalVectorsTellNothing() {
    float[] z = new float[16];
    java.util.Arrays.fill(z, 0.7f);
    assertThat(loss(0.5, 4, z)).isCloseTo(Math.log(7), within(1e-6));
  }

  @Test
  void aBatchOfOneHasNothingToConfuse() {
    assertThat(loss(0.5, 1, 0.3f, 2, -1, 0.5f)).isZero();
  }

  @Test
  void lengthsOrderAndTheOrderOfViewsDoNotMatter() {
    Random random = new Random(4);
    for (int trial = 0; trial < 3; trial++) {
      int b = 3;
      int q = 5;
      float[] z = new float[2 * b * q];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) random.nextGaussian();
      }
      float[] scaled = z.clone();
      float[] exchanged = new float[z.length];
      float[] reordered = new float[z.length];
      for (int i = 0; i < z.length; i++) {
        scaled[i] *= 1 + i / q; // each row by a factor of its own
        exchanged[(i + b * q) % z.length] = z[i];
        int view = i / (b * q);
        int pair = i / q % b;
        reordered[view * b * q + (pair + 1) % b * q + i % q] = z[i];
      }
      double plain = loss(0.5, b, z);
      assertThat(loss(0.5, b, scaled)).isCloseTo(plain, within(1e-5));
      assertThat(loss(0.5, b, exchanged)).isCloseTo(plain, within(1e-5));
      assertThat(loss(0.5, b, reordered)).isCloseTo(plain, within(1e-5));
    }
  }
}
