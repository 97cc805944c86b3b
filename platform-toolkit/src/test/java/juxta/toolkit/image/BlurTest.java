package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BlurTest {
  private static final int S = 9;

  private static float[] blur(float[] planes, int c, int radius, float... sigma) {
    return Run.once(
        scope ->
            Blur.apply(
                scope.tf(),
                Run.tensor(scope.tf(), planes, c, sigma.length, S, S),
                S,
                radius,
                Run.tensor(scope.tf(), sigma, sigma.length, 1, 1)));
  }

  @Test
  void agreesWithTorchvisionAtEveryPixelWithEachImagesSigma() {
    float[] planes = Run.uniform(2 * 2 * S * S, 3);
    float[] sigma = {0.7f, 1.9f};
    float[] got = blur(planes, 2, 2, sigma);
    for (int k = 0; k < 4; k++) { // plane by plane
      double[] kernel = new double[5];
      double sum = 0;
      for (int t = -2; t <= 2; t++) {
        kernel[t + 2] = Math.exp(-t * t / (2.0 * sigma[k % 2] * sigma[k % 2]));
        sum += kernel[t + 2];
      }
      for (int y = 0; y < S; y++) {
        for (int x = 0; x < S; x++) {
          double want = 0;
          for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
              want +=
                  kernel[dy + 2]
                      * kernel[dx + 2]
                      * planes[(k * S + reflect(y + dy)) * S + reflect(x + dx)];
            }
          }
          assertThat((double) got[(k * S + y) * S + x]).isCloseTo(want / sum / sum, within(1e-5));
        }
      }
    }
  }

  private static int reflect(int i) {
    return i < 0 ? -i : i >= S ? 2 * (S - 1) - i : i;
  }

  @Test
  void constantsAndTheSumOfAPointInTheMiddleAreKept() {
    float[] planes = new float[2 * S * S];
    java.util.Arrays.fill(planes, 0, S * S, 0.3f);
    planes[S * S + 4 * S + 4] = 1;
    float[] got = blur(planes, 1, 3, 1.5f, 1.5f);
    double sum = 0;
    for (int i = 0; i < S * S; i++) {
      assertThat(got[i]).isCloseTo(0.3f, within(1e-6f));
      sum += got[S * S + i];
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @Test
  void imagesThatAreNotChosenStayAsTheyAreToTheBit() {
    float[] planes = Run.uniform(3 * 40 * S * S, 6);
    float[] got =
        Run.once(
            scope -> Blur.apply(scope, Run.tensor(scope.tf(), planes, 3, 40, S, S), S, 2, 0.5));
    int same = 0;
    for (int b = 0; b < 40; b++) {
      boolean equal = true;
      for (int i = 0; i < S * S; i++) {
        equal &= got[b * S * S + i] == planes[b * S * S + i];
      }
      same += equal ? 1 : 0;
    }
    assertThat(same).isBetween(8, 32);
  }

  @Test
  void solarizeInvertsBrightValuesOfChosenImages() {
    float[] bright = {0.1f, 127 / 255f, 128 / 255f, 0.5f, 1f, 0.2f, 0.9f, 0.6f};
    float[] all = Run.once(s -> Solarize.apply(s, Run.tensor(s.tf(), bright, 1, 2, 2, 2), 1));
    float[] want = {0.1f, 127 / 255f, 127 / 255f, 0.5f, 0, 0.2f, 0.1f, 0.4f};
    assertThat(all).containsExactly(want, within(1e-6f));
    float[] none = Run.once(s -> Solarize.apply(s, Run.tensor(s.tf(), bright, 1, 2, 2, 2), 1e-9));
    assertThat(none).containsExactly(bright);
  }
}
