package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
  private static final int H = 20;
  private static final int W = 30;
  private static final float KEPT = 100;

  private static float[] erased(int images, double probability) {
    float[] all = new float[images * H * W];
    Arrays.fill(all, KEPT);
    return Run.once(
        scope ->
            RandomErasing.apply(scope, Run.tensor(scope.tf(), all, images, H, W, 1), probability));
  }

  /** What is not kept is one full box of about 2 to 33 per cent, and normal noise. */
  @Test
  void anImageLosesABox() {
    int images = 300;
    float[] x = erased(images, 1);
    double sum = 0;
    double squares = 0;
    int lost = 0;
    for (int b = 0; b < images; b++) {
      int top = H;
      int bottom = -1;
      int left = W;
      int right = -1;
      int count = 0;
      for (int i = 0; i < H * W; i++) {
        float v = x[b * H * W + i];
        if (v != KEPT) {
          top = Math.min(top, i / W);
          bottom = Math.max(bottom, i / W);
          left = Math.min(left, i % W);
          right = Math.max(right, i % W);
          count++;
          sum += v;
          squares += v * v;
        }
      }
      assertThat(count).isEqualTo((bottom - top + 1) * (right - left + 1));
      assertThat((double) count / (H * W)).isBetween(0.012, 0.37);
      lost += count;
    }
    assertThat(sum / lost).isBetween(-0.05, 0.05);
    assertThat(squares / lost).isBetween(0.95, 1.05);
  }

  @Test
  void onlySoManyImagesLoseOne() {
    int images = 400;
    float[] x = erased(images, 0.25);
    int changed = 0;
    for (int b = 0; b < images; b++) {
      for (int i = 0; i < H * W; i++) {
        if (x[b * H * W + i] != KEPT) {
          changed++;
          break;
        }
      }
    }
    assertThat(changed).isBetween(65, 135); // 100, standard deviation 9
    assertThat(erased(2, 0)).containsOnly(KEPT);
  }
}
