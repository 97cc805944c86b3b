package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.Features;
import juxta.api.Pass;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class PlanarDecoderTest {
  /** Parameters have the same values for both kinds without weights: their names are the same. */
  private static float[] enlarged(PlanarUpsampling kind, float[] x, long... shape) {
    return Graphs.floats(
        scope -> kind.create(scope, (int) shape[3], 1).apply(Graphs.tensor(scope, x, shape)));
  }

  @Test
  void theOrderIsThatOfTheMethod() {
    assertThat(PlanarUpsampling.values())
        .containsExactly(
            PlanarUpsampling.BILINEAR, PlanarUpsampling.NEAREST, PlanarUpsampling.TRANSPOSED);
  }

  @Test
  void bilinearAndNearestAgreeOnAConstant() {
    float[] x = new float[3 * 4 * 2];
    Arrays.fill(x, 0.7f);
    float[] bilinear = enlarged(PlanarUpsampling.BILINEAR, x, 1, 3, 4, 2);
    assertThat(bilinear).hasSize(6 * 8);
    assertThat(enlarged(PlanarUpsampling.NEAREST, x, 1, 3, 4, 2))
        .containsExactly(bilinear, within(1e-6f));
  }

  @Test
  void bilinearKeepsCornersAndPlanes() {
    float[] plane = new float[3 * 4];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = 2 * (i / 4) - 3 * (i % 4);
    }
    float[] bilinear = enlarged(PlanarUpsampling.BILINEAR, plane, 1, 3, 4, 1);
    float[] nearest = enlarged(PlanarUpsampling.NEAREST, plane, 1, 3, 4, 1);
    float first = nearest[0]; // what the 1 x 1 convolution makes of three corners
    float down = nearest[5 * 8] - first;
    float right = nearest[7] - first;
    for (int i = 0; i < bilinear.length; i++) {
      assertThat(bilinear[i])
          .isCloseTo(first + down * (i / 8) / 5 + right * (i % 8) / 7, within(1e-5f));
    }
    assertThat(nearest[1]).isEqualTo(first);
    assertThat(nearest[8]).isEqualTo(first);
    assertThat(nearest[9]).isEqualTo(first);
    assertThat(nearest[2]).isNotEqualTo(first);
  }

  @Test
  void decodersDiffer() {
    List<float[]> found =
        List.of(0, 1, 2).stream()
            .map(
                d ->
                    Graphs.floats(
                        scope ->
                            PlanarDecoder.of(scope, d, 2, 3)
                                .apply(features(scope), Pass.INFERENCE)
                                .logits()))
            .toList();
    assertThat(found.get(0)).hasSize(2 * 16 * 32 * 3);
    assertThat(found.get(0)).isNotEqualTo(found.get(1));
    assertThat(found.get(1)).isNotEqualTo(found.get(2));
    assertThat(found.get(2)).isNotEqualTo(found.get(0));
  }

  /** What an encoder of width 2 could make of two slices of 16 x 32. */
  private static Features features(juxta.api.GraphScope scope) {
    Random random = new Random(3);
    Map<String, Operand<TFloat32>> maps = new LinkedHashMap<>();
    for (int l = 0; l < UNet.LEVELS; l++) {
      float[] values = new float[2 * (16 >> l) * (32 >> l) * (2 << l)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      maps.put(UNet.map(l), Graphs.tensor(scope, values, 2, 16 >> l, 32 >> l, 2 << l));
    }
    return new Features(scope.constant(0), maps);
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithDifferences(PlanarUpsampling kind) {
    assertThat(
            GradientCheck.run(
                2,
                List.of(new long[] {2, 2, 3, 2}),
                (scope, in) -> {
                  Operand<TFloat32> y = kind.create(scope, 2, 2).apply(in.get(0));
                  return scope
                      .tf()
                      .reduceSum(
                          scope.tf().math.mul(scope.tf().math.square(y), scope.tf().math.sin(y)),
                          scope.ints(0, 1, 2, 3));
                }))
        .hasSize(9)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-2));
  }
}
