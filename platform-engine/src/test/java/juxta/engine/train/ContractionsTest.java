package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.toolkit.graph.Contractions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.types.TFloat64;

/**
 * Products and convolutions on this processor, and their gradients, beside the same in double
 * precision, for many numbers of channels. The memory that TensorFlow uses again is filled with
 * what is no number before, so that a value that was never written shows.
 */
class ContractionsTest {
  /** Processors without instructions for bf16 round partial sums as well: up to 0.05 with AVX2. */
  private static final double BF16_BOUND = multipliesBf16() ? 0.03 : 0.1;

  private static boolean multipliesBf16() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains("512_bf16");
    } catch (IOException e) {
      return false; // no Linux
    }
  }

  private final List<String> wrong = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void convolutionsOfImages(Precision precision) {
    for (int in : new int[] {1, 3, 16, 31, 33, 48, 80, 144, 304}) {
      for (int kernel : new int[] {1, 3, 4}) {
        for (int stride : new int[] {1, 2}) {
          image(precision, in, kernel, stride, 6);
        }
      }
    }
    for (int in : new int[] {320, 512, 640, 1024}) {
      image(precision, in, 1, 1, 4);
      image(precision, in, 1, 2, 8);
    }
    image(precision, 3, 7, 2, 64);
    image(precision, 8, 1, 2, 80);
    assertThat(wrong).isEmpty();
  }

  private void image(Precision precision, int in, int kernel, int stride, int side) {
    String padding = kernel == 3 && stride == 1 ? "SAME" : "VALID";
    int out = in % 2 == 0 ? 31 : 48;
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    compare(
        precision,
        "conv2d " + in + " to " + out + " kernel " + kernel + " stride " + stride,
        new long[] {4, side, side, in},
        new long[] {kernel, kernel, in, out},
        (scope, x, w) -> Contractions.conv2d(scope, x, w, stride, padding),
        (tf, x, w) -> tf.nn.conv2d(x, w, strides, padding));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void convolutionsOfVolumes(Precision precision) {
    for (int in : new int[] {1, 3, 16, 33, 48, 80, 128}) {
      for (int out : new int[] {3, 33}) {
        compare(
            precision,
            "conv3d " + in + " to " + out,
            new long[] {2, 6, 6, 4, in},
            new long[] {3, 3, 3, in, out},
            (scope, x, w) -> Contractions.conv3d(scope, x, w, 1, "SAME"),
            (tf, x, w) -> tf.nn.conv3d(x, w, List.of(1L, 1L, 1L, 1L, 1L), "SAME"));
        compare(
            precision,
            "conv3d of stride 2, " + in + " to " + out,
            new long[] {2, 6, 6, 4, in},
            new long[] {2, 2, 2, in, out},
            (scope, x, w) -> Contractions.conv3d(scope, x, w, 2, "VALID"),
            (tf, x, w) -> tf.nn.conv3d(x, w, List.of(1L, 2L, 2L, 2L, 1L), "VALID"));
        int[] sizes = {2, 6, 6, 4, out};
        compare(
            precision,
            "conv3d transposed, " + in + " to " + out,
            new long[] {2, 3, 3, 2, in},
            new long[] {2, 2, 2, out, in},
            (scope, x, w) -> Contractions.conv3dTransposed(scope, scope.ints(sizes), x, w, 2),
            (tf, x, w) ->
                tf.nn.conv3dBackpropInput(
                    tf.constant(sizes), w, x, List.of(1L, 2L, 2L, 2L, 1L), "SAME"));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void transposedAndDepthwise(Precision precision) {
    for (int in : new int[] {3, 16, 33, 144}) {
      for (int out : new int[] {1, 3, 33, 48, 80}) {
        int[] sizes = {4, 10, 10, out};
        compare(
            precision,
            "conv2d transposed, " + in + " to " + out,
            new long[] {4, 5, 5, in},
            new long[] {2, 2, out, in},
            (scope, x, w) -> Contractions.conv2dTransposed(scope, scope.ints(sizes), x, w, 2),
            (tf, x, w) ->
                tf.nn.conv2dBackpropInput(
                    tf.constant(sizes), w, x, List.of(1L, 2L, 2L, 1L), "SAME"));
      }
      for (int side : new int[] {6, 7}) {
        for (String padding : new String[] {"SAME", "VALID"}) {
          compare(
              precision,
              "depthwise " + in + " " + padding + " of side " + side,
              new long[] {4, side, side, in},
              new long[] {3, 3, in, 1},
              (scope, x, w) -> Contractions.depthwise(scope, x, w, 2, padding),
              (tf, x, w) -> tf.nn.depthwiseConv2dNative(x, w, List.of(1L, 2L, 2L, 1L), padding));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void products(Precision precision) {
    for (int n : new int[] {1, 63}) {
      for (int k : new int[] {3, 27, 64, 129}) {
        for (int m : new int[] {1, 64}) {
          compare(
              precision,
              "matMul " + n + ", " + k + ", " + m,
              new long[] {n, k},
              new long[] {k, m},
              Contractions::matMul,
              (tf, x, w) -> tf.linalg.matMul(x, w));
          compare(
              precision,
              "batchMatMul " + n + ", " + k + ", " + m,
              new long[] {3, n, k},
              new long[] {3, k, m},
              Contractions::batchMatMul,
              (tf, x, w) -> tf.train.batchMatMul(x, w, TFloat64.class));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Notes the layer where the product or a gradient is off by more than rounding. */
  private void compare(
      Precision precision,
      String name,
      long[] xs,
      long[] ws,
      Agreement.Layer layer,
      Agreement.Reference reference) {
    double bound = precision == Precision.BF16 ? BF16_BOUND : 1e-5;
    wrong.addAll(
        Agreement.beyond(bound, name, Agreement.errors(precision, xs, ws, layer, reference)));
  }

  @Test
  void theDoctorsChoiceAgreesInSinglePrecision() {
    Agreement.Found found = Agreement.of(Precision.FLOAT32);
    assertThat(found.tried()).isEqualTo(24);
    assertThat(found.wrong()).isEmpty();
  }

  @Test
  void whatIsNoNumberOrFarOffIsNamed() {
    assertThat(Agreement.beyond(1e-5, "float32 3 x 3 of 48", new double[] {0, Double.NaN, 0.5}))
        .containsExactly("float32 3 x 3 of 48 dx NaN", "float32 3 x 3 of 48 dw 0.5");
    double[] errors =
        Agreement.errors(
            Precision.FLOAT32,
            new long[] {4, 3},
            new long[] {3, 5},
            (scope, x, w) ->
                scope.tf().math.mul(scope.constant(2f), Contractions.matMul(scope, x, w)),
            (tf, x, w) -> tf.linalg.matMul(x, w));
    assertThat(Agreement.beyond(0.5, "doubled", errors)).hasSize(3);
  }
}
