package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassContrastTest {
  /** Of 1 - 0.0005 in float32, which a term multiplies by up to e^2.5. */
  private static final float ROUNDING = 12.2f * 0x1p-24f;

  private static float loss(float[] e, int n, int classes) {
    return Graphs.scalar(
        scope ->
            ClassContrast.loss(scope, Graphs.tensor(scope, e, n, classes, e.length / n / classes)));
  }

  @Test
  void parametersAreAsManyAsByHand() {
    // 4 x 4 x 3 x 3 = 144 without bias; 128^2 places to 128, with bias: 2,097,152 + 128
    assertThat(Trials.trained(scope -> new ClassContrast(scope, 256, 256, 4)))
        .isEqualTo(144 + 2_097_152 + 128);
  }

  @Test
  void descriptorsAreOnePerRecordAndClass() {
    Trials.trained(
        scope -> {
          var logits = Graphs.tensor(scope, new float[2 * 16 * 8 * 3], 2, 16, 8, 1, 3);
          var e = new ClassContrast(scope, 16, 8, 3).descriptors(logits);
          assertThat(e.shape().asArray()).containsExactly(2, 3, 128);
          return e;
        });
  }

  @Test
  void twoClassesThatAreTheSame() {
    // for both classes the rows of the identity: (2 L+ + 2 L-) / 2
    float[] e = {1, 0, 1, 0, 0, 1, 0, 1};
    assertThat(loss(e, 2, 2)).isCloseTo(3.800772f + 46.299224f, within(5e-2f));
  }

  @Test
  void fourClassesOfOneRecord() {
    // E is the identity: L+ of one row, e^0.25 (-ln 0.9995), and three times L- of two orthogonal
    float[] e = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    assertThat(loss(e, 1, 4)).isCloseTo(0.00064217f + 3 * 0.00609277f, within(4 * ROUNDING));
  }

  @Test
  void classesThatAreApart() {
    // both records alike: L+ of two equal rows, and L- with the weights e^2.5 and 1 for -ln 0.9995
    float[] e = {1, 0, 0, 2, 3, 0, 0, 4};
    assertThat(loss(e, 2, 2)).isCloseTo(0.00057115f + 0.00329645f, within(2 * ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfTheRecordsDoesNotMatter(long seed) {
    int n = 4;
    int[] order = {2, 0, 3, 1};
    int width = 8 * 8 * 3;
    float[] logits = new float[n * width];
    float[] permuted = new float[n * width];
    Random random = new Random(seed);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * 3;
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(logits, order[i] * width, permuted, i * width, width);
    }
    float expected = ofLogits(logits, n);
    assertThat(ofLogits(permuted, n)).isCloseTo(expected, within(1e-4f * expected));
  }

  private static float ofLogits(float[] logits, int n) {
    return Graphs.scalar(
        scope ->
            new ClassContrast(scope, 8, 8, 3).loss(Graphs.tensor(scope, logits, n, 8, 8, 1, 3)));
  }

  @Test
  void gradientsOfTheLossAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                7,
                List.of(new long[] {3, 3, 5}),
                (scope, in) -> ClassContrast.loss(scope, scope.tf().math.exp(in.get(0)))))
        .hasSize(3)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }

  @Test
  void gradientsOfTheDescriptorsAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                3,
                List.of(new long[] {2, 4, 6, 1, 3}),
                (scope, in) ->
                    scope
                        .tf()
                        .reduceSum(
                            scope
                                .tf()
                                .math
                                .square(new ClassContrast(scope, 4, 6, 3).descriptors(in.get(0))),
                            scope.ints(0, 1, 2))))
        .hasSize(12)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }
}
