package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.op.Ops;

class ResampleTest {
  private static final int H = 9;
  private static final int W = 11;

  @ParameterizedTest
  @CsvSource({
    "BILINEAR,2,3,5,6,8,1",
    "BILINEAR,0,0,9,11,4,1",
    "BILINEAR,1,4,8,7,7,-1",
    "BICUBIC,2,3,5,6,8,1",
    "BICUBIC,0,0,9,11,4,1",
    "BICUBIC,1,4,8,7,3,-1",
    "BICUBIC,4,5,1,1,6,1"
  })
  void agreesWithPillowsAlgorithm(
      Sampling sampling, int top, int left, int height, int width, int side, int direction) {
    float[] image = Run.uniform(H * W, 5);
    float[] got = crop(image, 1, sampling, top, left, height, width, side, direction);
    double[] rows = resize(image, H, W, top, height, side, sampling); // [side, W]
    for (int y = 0; y < side; y++) {
      float[] line = new float[W];
      for (int x = 0; x < W; x++) {
        line[x] = (float) rows[y * W + x];
      }
      double[] want = resize(line, W, 1, left, width, side, sampling);
      for (int x = 0; x < side; x++) {
        int from = direction > 0 ? x : side - 1 - x;
        assertThat((double) got[y * side + x]).isCloseTo(want[from], within(1e-5));
      }
    }
  }

  @Test
  void theWholeImageAtItsOwnSizeIsTheImageToTheBit() {
    float[] image = Run.uniform(8 * 8 * 3, 1);
    for (Sampling sampling : Sampling.values()) {
      float[] got =
          Run.once(
              scope -> {
                Ops tf = scope.tf();
                Window all =
                    Window.crop(
                        tf,
                        Run.tensor(tf, new float[] {0}, 1, 1, 1),
                        Run.tensor(tf, new float[] {8}, 1, 1, 1),
                        8,
                        tf.constant(1f));
                return Planes.images(
                    tf,
                    Resample.planes(tf, Run.tensor(tf, image, 1, 8, 8, 3), all, all, 8, sampling));
              });
      assertThat(got).containsExactly(image);
    }
  }

  @Test
  void constantsStayConstantInEveryChannelAndImage() {
    float[] images = new float[2 * H * W * 3];
    for (int i = 0; i < images.length; i++) {
      images[i] = (i / (H * W * 3)) * 10 + i % 3;
    }
    float[] got =
        Run.once(
            scope -> {
              Ops tf = scope.tf();
              CentreCrop crop = CentreCrop.of(tf, tf.constant(new int[] {2, H, W, 3}), 8, 7);
              return Planes.images(
                  tf,
                  Resample.planes(
                      tf,
                      Run.tensor(tf, images, 2, H, W, 3),
                      crop.rows(),
                      crop.columns(),
                      7,
                      Sampling.BICUBIC));
            });
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo((i / 147) * 10 + i % 3, within(1e-5f));
    }
  }

  @Test
  void centreCropCutsTheMiddleOfTheResizedImage() {
    // 4 x 8 pixels whose shorter side stays 4: columns 2 to 5 are the middle four.
    float[] ramp = new float[32];
    for (int i = 0; i < 32; i++) {
      ramp[i] = i % 8;
    }
    float[] got =
        Run.once(
            scope -> {
              Ops tf = scope.tf();
              CentreCrop crop = CentreCrop.of(tf, tf.constant(new int[] {1, 4, 8, 1}), 4, 4);
              return Resample.planes(
                  tf,
                  Run.tensor(tf, ramp, 1, 4, 8, 1),
                  crop.rows(),
                  crop.columns(),
                  4,
                  Sampling.BILINEAR);
            });
    assertThat(got).startsWith(2, 3, 4, 5).hasSize(16);
  }

  private static float[] crop(
      float[] image,
      int channels,
      Sampling sampling,
      int top,
      int left,
      int height,
      int width,
      int side,
      int direction) {
    return Run.once(
        scope -> {
          Ops tf = scope.tf();
          return Resample.planes(
              tf,
              Run.tensor(tf, image, 1, H, W, channels),
              window(tf, top, height, side, 1),
              window(tf, left, width, side, direction),
              side,
              sampling);
        });
  }

  private static Window window(Ops tf, int start, int length, int side, int direction) {
    return Window.crop(
        tf,
        Run.tensor(tf, new float[] {start}, 1, 1, 1),
        Run.tensor(tf, new float[] {length}, 1, 1, 1),
        side,
        tf.constant((float) direction));
  }

  /** Pillow's resampling of the first axis of [n, stride], of a crop that was cut out first. */
  private static double[] resize(
      float[] x, int n, int stride, int start, int length, int side, Sampling sampling) {
    double scale = (double) length / side;
    double widen = Math.max(scale, 1);
    double support = (sampling == Sampling.BICUBIC ? 2 : 1) * widen;
    double[] out = new double[side * stride];
    for (int o = 0; o < side; o++) {
      double centre = (o + 0.5) * scale;
      int from = Math.max((int) (centre - support + 0.5), 0);
      int to = Math.min((int) (centre + support + 0.5), length);
      double sum = 0;
      for (int i = from; i < to; i++) {
        double k = kernel((i - centre + 0.5) / widen, sampling);
        sum += k;
        for (int s = 0; s < stride; s++) {
          out[o * stride + s] += k * x[(start + i) * stride + s];
        }
      }
      for (int s = 0; s < stride; s++) {
        out[o * stride + s] /= sum;
      }
    }
    assertThat(x).hasSize(n * stride);
    return out;
  }

  private static double kernel(double x, Sampling sampling) {
    double t = Math.abs(x);
    if (sampling == Sampling.BILINEAR) {
      return Math.max(0, 1 - t);
    }
    double a = -0.5;
    if (t < 1) {
      return ((a + 2) * t - (a + 3)) * t * t + 1;
    }
    return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
  }
}
