package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.op.Ops;

/** Compares with torchvision's formulas, one image after the other, in plain Java. */
class ColourJitterTest {
  private static final int B = 48;
  private static final int SIDE = 5;
  private static final int N = SIDE * SIDE;

  @ParameterizedTest
  @CsvSource({
    "0.8,0,0,0,1,0",
    "0,0.8,0,0,1,0",
    "0,0,0.8,0,1,0",
    "0,0,0,0.5,1,0",
    "0.4,0.4,0.2,0.1,0.8,0.2",
    "0.8,0.8,0.8,0.2,1,0",
    "0.4,0.4,0.4,0,0.8,0",
    "0,0,0,0,0,0.5",
    "1.5,1,1,0.5,0.5,0.5"
  })
  void agreesWithTorchvisionInEachImagesOwnOrder(
      double brightness, double contrast, double saturation, double hue, double p, double gray) {
    ColourJitter jitter = new ColourJitter(brightness, contrast, saturation, hue, p);
    float[] planes = Run.uniform(3 * B * N, 9);
    float[] got =
        Run.once(
            scope ->
                jitter.apply(scope, Run.tensor(scope.tf(), planes, 3, B, SIDE, SIDE), 3, gray));
    float[] u = // the draws that were made
        Run.once(
            scope ->
                scope
                    .tf()
                    .random
                    .statelessRandomUniform(
                        scope.tf().constant(new int[] {10, B, 1}), scope.seed("colour")));
    Set<String> orders = new HashSet<>();
    for (int b = 0; b < B; b++) {
      double[][] rgb = new double[3][N];
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < N; i++) {
          rgb[c][i] = planes[(c * B + b) * N + i];
        }
      }
      int image = b;
      if (u[8 * B + b] < p) {
        List<Integer> order =
            IntStream.range(0, 4)
                .boxed()
                .sorted((x, y) -> Float.compare(u[(4 + x) * B + image], u[(4 + y) * B + image]))
                .toList();
        orders.add(order.toString());
        double[] amounts = {brightness, contrast, saturation};
        for (int op : order) {
          if (op == 3) {
            turn(rgb, (2 * u[3 * B + b] - 1) * hue);
          } else {
            double low = Math.max(0, 1 - amounts[op]);
            blend(rgb, op, low + u[op * B + b] * (1 + amounts[op] - low));
          }
        }
      }
      if (u[9 * B + b] < gray) {
        for (int i = 0; i < N; i++) {
          double g = grey(rgb, i);
          rgb[0][i] = rgb[1][i] = rgb[2][i] = g;
        }
      }
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < N; i++) {
          float value = got[(c * B + b) * N + i];
          assertThat((double) value).isCloseTo(rgb[c][i], within(2e-5)).isBetween(0.0, 1.0);
        }
      }
    }
    if (p > 0) {
      assertThat(orders.size()).isGreaterThan(10);
    }
  }

  @Test
  void aGreyPlaneChangesInBrightnessAndContrastOnly() {
    float[] plane = Run.uniform(B * N, 2);
    float[] same =
        Run.once(
            scope ->
                new ColourJitter(0, 0, 0.8, 0.5, 1)
                    .apply(scope, Run.tensor(scope.tf(), plane, 1, B, SIDE, SIDE), 1, 1));
    for (int i = 0; i < plane.length; i++) {
      assertThat(same[i]).isCloseTo(plane[i], within(1e-6f));
    }
    float[] changed =
        Run.once(
            scope ->
                new ColourJitter(0.8, 0, 0, 0, 1)
                    .apply(scope, Run.tensor(scope.tf(), plane, 1, B, SIDE, SIDE), 1, 0));
    assertThat(changed).isNotEqualTo(plane);
  }

  @Test
  void imagesThatAreNotChosenStayAsTheyAre() {
    float[] planes = Run.uniform(3 * B * N, 4);
    float[] got =
        Run.once(
            scope -> {
              Ops tf = scope.tf();
              return new ColourJitter(0.8, 0.8, 0.8, 0.2, 1e-9)
                  .apply(scope, Run.tensor(tf, planes, 3, B, SIDE, SIDE), 3, 0);
            });
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo(planes[i], within(1e-6f));
    }
  }

  private static void blend(double[][] rgb, int op, double factor) {
    double mean = IntStream.range(0, N).mapToDouble(i -> grey(rgb, i)).sum() / N;
    for (int i = 0; i < N; i++) {
      double target = op == 0 ? 0 : op == 1 ? mean : grey(rgb, i);
      for (double[] plane : rgb) {
        plane[i] = Math.max(0, Math.min(1, factor * plane[i] + (1 - factor) * target));
      }
    }
  }

  private static double grey(double[][] rgb, int i) {
    return 0.299 * rgb[0][i] + 0.587 * rgb[1][i] + 0.114 * rgb[2][i];
  }

  /** torchvision's _rgb2hsv, a turn, _hsv2rgb. */
  private static void turn(double[][] rgb, double turn) {
    for (int i = 0; i < N; i++) {
      double r = rgb[0][i];
      double g = rgb[1][i];
      double b = rgb[2][i];
      double max = Math.max(r, Math.max(g, b));
      double min = Math.min(r, Math.min(g, b));
      double chroma = max - min;
      double s = max == min ? 0 : chroma / max;
      double divisor = max == min ? 1 : chroma;
      double rc = (max - r) / divisor;
      double gc = (max - g) / divisor;
      double bc = (max - b) / divisor;
      double sixths = max == r ? bc - gc : max == g ? 2 + rc - bc : 4 + gc - rc;
      double h = sixths / 6 + 1 + turn;
      h -= Math.floor(h);
      int sector = (int) Math.floor(h * 6) % 6;
      double f = h * 6 - Math.floor(h * 6);
      double p = max * (1 - s);
      double q = max * (1 - s * f);
      double t = max * (1 - s * (1 - f));
      double[][] cases = {
        {max, t, p}, {q, max, p}, {p, max, t}, {p, q, max}, {t, p, max}, {max, p, q}
      };
      for (int c = 0; c < 3; c++) {
        rgb[c][i] = cases[sector][c];
      }
    }
    assertThat(Arrays.stream(rgb).flatMapToDouble(Arrays::stream)).doesNotContain(Double.NaN);
  }
}
