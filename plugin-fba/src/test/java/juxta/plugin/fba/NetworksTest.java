package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class NetworksTest {
  private static final int[] LEFT_ATRIUM = {112, 112, 80};

  private static Operand<TFloat32> zeros(GraphScope scope, long... shape) {
    return scope.tf().zeros(scope.tf().constant(shape), TFloat32.class);
  }

  /** Logits of so many decoders of the paper's width. */
  private static List<Operand<TFloat32>> logits(GraphScope scope, int decoders, int[] voxels) {
    Network encoder =
        new VNet().create(scope.sub("encoder"), new long[] {-1, -1, -1, 1}, Settings.DEFAULTS);
    Features features =
        encoder.apply(zeros(scope, 1, voxels[0], voxels[1], voxels[2], 1), Pass.TRAINING);
    List<Operand<TFloat32>> logits = new ArrayList<>();
    for (int d = 0; d < decoders; d++) {
      logits.add(
          new Decoder(scope.sub("decoder" + d), Upsampling.values()[d], 16, 2, 0.5)
              .apply(features, Pass.TRAINING)
              .logits());
    }
    return logits;
  }

  @Test
  void parametersAreAsManyAsThePapers() {
    assertThat(Trials.trained(scope -> logits(scope, 1, new int[] {16, 16, 16})))
        .isEqualTo(9_448_866);
    assertThat(Trials.trained(scope -> logits(scope, 3, new int[] {16, 16, 16})))
        .isEqualTo(15_246_566);
    assertThat(
            Trials.trained(
                scope -> {
                  List<Operand<TFloat32>> logits = logits(scope, 3, LEFT_ATRIUM);
                  List<Contrast.Descriptors> found = new ArrayList<>();
                  for (int d = 0; d < 3; d++) {
                    found.add(
                        new Contrast(scope.sub("contrast" + d), LEFT_ATRIUM, 2)
                            .apply(logits.get(d), Pass.TRAINING));
                  }
                  return found;
                }))
        .isEqualTo(111_585_422);
  }

  @Test
  void shapesAreThoseOfThePaper() {
    Trials.trained(
        scope -> {
          Network encoder =
              new VNet().create(scope, new long[] {112, 112, 80, 1}, Settings.DEFAULTS);
          Features features = encoder.apply(zeros(scope, 2, 112, 112, 80, 1), Pass.TRAINING);
          assertThat(features.map("level1").shape().asArray()).containsExactly(2, 112, 112, 80, 16);
          assertThat(features.map("level4").shape().asArray()).containsExactly(2, 14, 14, 10, 128);
          assertThat(features.map("level5").shape().asArray()).containsExactly(2, 7, 7, 5, 256);
          return features;
        });
  }

  @Test
  void oddPatchesAreRefused() {
    assertThatThrownBy(
            () ->
                Trials.trained(
                    scope ->
                        new VNet().create(scope, new long[] {112, 112, 88, 1}, Settings.DEFAULTS)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("multiple of 16");
  }

  @Test
  void nearestRepeats() {
    float[] x = {1, 2, 3, 4};
    assertThat(
            Graphs.floats(
                scope -> Enlargement.nearest(scope.tf(), Graphs.tensor(scope, x, 1, 1, 2, 2, 1))))
        .containsExactly(
            1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4, //
            1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
  }

  @Test
  void trilinearKeepsCornersAndPlanes() {
    int n = 3;
    float[] plane = new float[n * n * n];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = 2 * (i / 9) - 3 * (i / 3 % 3) + 5 * (i % 3);
    }
    float[] y =
        Graphs.floats(
            scope -> Enlargement.trilinear(scope, Graphs.tensor(scope, plane, 1, n, n, n, 1)));
    for (int i = 0; i < y.length; i++) {
      double a = i / 36 * 2.0 / 5;
      double b = i / 6 % 6 * 2.0 / 5;
      double c = i % 6 * 2.0 / 5;
      assertThat((double) y[i]).isCloseTo(2 * a - 3 * b + 5 * c, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithDifferences(Upsampling kind) {
    assertThat(
            GradientCheck.run(
                2,
                List.of(new long[] {2, 2, 1, 2, 2}),
                (scope, in) -> {
                  Operand<TFloat32> y =
                      kind == Upsampling.NEAREST
                          ? Enlargement.nearest(scope.tf(), in.get(0))
                          : kind == Upsampling.TRILINEAR
                              ? Enlargement.trilinear(scope, in.get(0))
                              : kind.create(scope, 2, 2).apply(in.get(0), Pass.TRAINING);
                  return scope
                      .tf()
                      .reduceSum(
                          scope.tf().math.mul(scope.tf().math.square(y), scope.tf().math.sin(y)),
                          scope.ints(0, 1, 2, 3, 4));
                }))
        // normalisation takes away what the bias adds: its gradient is 0 but for rounding
        .filteredOn(finding -> !finding.parameter().equals("conv.bias"))
        .hasSizeGreaterThan(2)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }
}
