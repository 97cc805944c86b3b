package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.op.Ops;

class RotationTest {
  private static final int H = 7;
  private static final int W = 10;

  /** Planes [channels, images, h, w]. */
  private static float[] turn(float[] planes, int c, int b, int h, int w, float... angles) {
    return Run.once(
        scope -> {
          Ops tf = scope.tf();
          return Rotation.by(tf, Run.tensor(tf, planes, c, b, h, w), tf.constant(angles));
        });
  }

  @Test
  void noTurnChangesNothing() {
    float[] image = Run.uniform(2 * 3 * H * W, 1);
    assertThat(turn(image, 2, 3, H, W, 0, 0, 0)).isEqualTo(image);
  }

  @Test
  void aQuarterIsAgainstTheClock() {
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThat(turn(image, 1, 1, 3, 3, (float) (Math.PI / 2)))
        .containsExactly(new float[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, within(1e-4f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, -5, 0.5, 4, 77})
  void pixelsAreMixedOfTheFourAroundThePointThatTheyShow(double degrees) {
    float[] image = Run.uniform(H * W, 2);
    float[] turned = turn(image, 1, 1, H, W, (float) Math.toRadians(degrees));
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    for (int i = 0; i < H * W; i++) {
      double dx = i % W - (W - 1) / 2.0;
      double dy = i / W - (H - 1) / 2.0;
      double x = cos * dx - sin * dy + (W - 1) / 2.0;
      double y = sin * dx + cos * dy + (H - 1) / 2.0;
      double sum = 0;
      for (int row = 0; row < H; row++) {
        for (int column = 0; column < W; column++) {
          sum +=
              Math.max(0, 1 - Math.abs(x - column))
                  * Math.max(0, 1 - Math.abs(y - row))
                  * image[row * W + column];
        }
      }
      assertThat((double) turned[i]).isCloseTo(sum, within(1e-4));
    }
  }

  @Test
  void eachImageHasItsOwnAngleForAllItsChannels() {
    float[] image = Run.uniform(H * W, 3);
    float[] four = new float[4 * H * W];
    for (int i = 0; i < 4; i++) {
      System.arraycopy(image, 0, four, i * H * W, H * W);
    }
    float[] turned = turn(four, 2, 2, H, W, 0.1f, -0.4f);
    float[] one = turn(image, 1, 1, H, W, 0.1f);
    float[] other = turn(image, 1, 1, H, W, -0.4f);
    for (int channel = 0; channel < 2; channel++) {
      int at = channel * 2 * H * W;
      assertThat(Arrays.copyOfRange(turned, at, at + H * W)).isEqualTo(one);
      assertThat(Arrays.copyOfRange(turned, at + H * W, at + 2 * H * W)).isEqualTo(other);
    }
  }

  /** A ramp along x shows the angle: at the distance d below the middle it is moved by sin * d. */
  @Test
  void anglesAreDrawnEvenlyUpToTheLargest() {
    int n = 200;
    int side = 21;
    float[] ramps = new float[n * side * side];
    for (int i = 0; i < ramps.length; i++) {
      ramps[i] = i % side;
    }
    float[] turned =
        Run.once(
            scope -> Rotation.random(scope, Run.tensor(scope.tf(), ramps, 1, n, side, side), 5));
    double[] degrees = new double[n];
    for (int i = 0; i < n; i++) {
      float below = turned[i * side * side + 18 * side + 10]; // 8 pixels below the middle
      degrees[i] = Math.toDegrees(Math.asin((10 - below) / 8));
    }
    Arrays.sort(degrees);
    assertThat(degrees[0]).isBetween(-5.01, -4.5);
    assertThat(degrees[n / 2]).isBetween(-1.0, 1.0);
    assertThat(degrees[n - 1]).isBetween(4.5, 5.01);
  }
}
