package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Features averaged with maps as weights. */
class PooledContrastTest {
  @Test
  void meansAreThoseByHand() {
    // at two places x is (1, 2) and (5, 6); the maps weigh them 1 : 3 and 0.5 : 0.5
    float[] maps = {1, 0.5f, 3, 0.5f};
    float[] x = {1, 2, 5, 6};
    assertThat(
            Graphs.floats(
                scope ->
                    PooledContrast.pooled(
                        scope,
                        Graphs.tensor(scope, maps, 1, 2, 2),
                        Graphs.tensor(scope, x, 1, 2, 2))))
        .containsExactly(new float[] {4, 5, 3, 4}, within(1e-6f));
  }

  /** A constant map weighs nothing: fore- and background are both the mean of the features. */
  @Test
  void ofEqualLogitsBothDescriptorsAreTheMean() {
    int n = 2;
    float[] features = new float[n * 64 * 3];
    double[] mean = new double[n * 3];
    for (int i = 0; i < features.length; i++) {
      features[i] = i * 7 % 11;
      mean[i / (64 * 3) * 3 + i % 3] += features[i] / 64.0;
    }
    float[] found =
        Graphs.floats(
            scope -> {
              Contrast.Descriptors d =
                  PooledContrast.of(
                      scope,
                      new Decoded(
                          Graphs.tensor(scope, features, n, 4, 4, 4, 3),
                          Graphs.tensor(scope, new float[n * 64 * 2], n, 4, 4, 4, 2)),
                      Pass.TRAINING);
              return scope
                  .tf()
                  .concat(List.of(d.foreground(), d.background()), scope.tf().constant(0));
            });
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(mean[i % mean.length], within(1e-4));
    }
  }

  @Test
  void nothingIsProjected() {
    // the map's convolution, 2 x 27 without bias, and its normalisation
    assertThat(
            Trials.trained(
                scope ->
                    PooledContrast.of(
                        scope,
                        new Decoded(
                            Graphs.tensor(scope, new float[2 * 64 * 3], 2, 4, 4, 4, 3),
                            Graphs.tensor(scope, new float[2 * 64 * 2], 2, 4, 4, 4, 2)),
                        Pass.TRAINING)))
        .isEqualTo(2 * 27 + 2);
  }

  @Test
  void gradientsOfMeansAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                5,
                List.of(new long[] {2, 3, 2}, new long[] {2, 3, 4}),
                (scope, in) ->
                    scope
                        .tf()
                        .reduceSum(
                            scope
                                .tf()
                                .math
                                .square(
                                    PooledContrast.pooled(
                                        scope, scope.tf().math.exp(in.get(0)), in.get(1))),
                            scope.ints(0, 1, 2))))
        .hasSize(2 * 3)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }

  /**
   * Of a smooth function of the descriptors: the loss has kinks at ranks and clamps, and is checked
   * where the ranked pairs are.
   */
  @Test
  void gradientsOfTheDescriptorsAgreeWithDifferences() {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            4,
            List.of(new long[] {2, 4, 4, 4, 3}, new long[] {2, 4, 4, 4, 2}),
            (scope, in) -> {
              Contrast.Descriptors d =
                  PooledContrast.of(
                      scope, new Decoded(scope.tf().math.exp(in.get(0)), in.get(1)), Pass.TRAINING);
              return summedSquares(scope, scope.tf().math.sub(d.foreground(), d.background()));
            });
    // sums of many terms that nearly cancel are rounded as the largest of them are
    Map<String, Double> largest =
        findings.stream()
            .collect(
                Collectors.toMap(
                    GradientCheck.Finding::parameter,
                    finding -> Math.abs(finding.gradient()),
                    Math::max));
    assertThat(findings)
        .hasSize(3 * 5)
        .allSatisfy(
            finding ->
                assertThat(Math.abs(finding.gradient() - finding.difference()))
                    .isLessThan(1e-5 * largest.get(finding.parameter())));
  }

  @Test
  void gradientsOfTheClassesAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                6,
                List.of(new long[] {2, 4, 4, 1, 4}, new long[] {2, 4, 4, 1, 3}),
                (scope, in) -> {
                  Operand<TFloat32> e =
                      PooledContrast.ofClasses(
                          scope, new Decoded(scope.tf().math.exp(in.get(0)), in.get(1)));
                  assertThat(e.shape().asArray()).containsExactly(2, 3, 4);
                  return summedSquares(scope, e);
                }))
        .hasSize(3 * 3)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(2e-2));
  }

  private static Operand<TFloat32> summedSquares(GraphScope scope, Operand<TFloat32> x) {
    int[] axes = IntStream.range(0, x.shape().numDimensions()).toArray();
    return scope.tf().reduceSum(scope.tf().math.square(x), scope.ints(axes));
  }

  @Test
  void pairsWithoutAGradientAreCounted() {
    float[] rows = {1, 0, 1, 1, 0, 1, 2, 0}; // the first and the last are alike
    assertThat(Graphs.scalar(scope -> RankedPairs.clamped(scope, Graphs.tensor(scope, rows, 4, 2))))
        .isCloseTo(6 / 12f, within(1e-6f)); // 0 of rows 0 and 2, 2 and 3, and 1 of rows 0 and 3
    assertThat(
            Graphs.scalar(
                scope ->
                    RankedPairs.clamped(
                        scope,
                        Graphs.tensor(scope, rows, 4, 2),
                        Graphs.tensor(scope, new float[] {1, 1, 1, 2, 2, 1, 0, 1}, 4, 2))))
        .isCloseTo(4 / 16f, within(1e-6f));
  }

  /** The published contrast has no gradient any more where the pooled one still has. */
  @Test
  void thePublishedContrastFallsSilentAndThePooledOneDoesNot() {
    assertThat(clamped("released")).isEqualTo(1);
    assertThat(clamped("pooled")).isLessThan(0.9f);
  }

  private static float clamped(String contrast) {
    try (StepRig rig = Trials.rig(Arm.SINGLE, TinyScans.of(2, 0), "contrast=" + contrast)) {
      assertThat(rig.step().alarms()).hasSize(1);
      Map<String, Float> last = Trials.train(rig, 24);
      return last.get(rig.step().alarms().get(0).output());
    }
  }
}
