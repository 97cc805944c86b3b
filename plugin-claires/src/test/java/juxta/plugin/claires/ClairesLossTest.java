package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import juxta.api.GraphScope;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class ClairesLossTest {
  private static final float[] IDENTITY = {1, 0, 0, 1};

  private static float soft(float[] t, float[] v, int columns, double temperature) {
    return Graphs.scalar(
        scope ->
            ClairesLoss.soft(
                scope,
                Bench.matrix(scope, t, columns),
                Bench.matrix(scope, v, columns),
                temperature));
  }

  private static float hard(float[] t, float[] v, int columns, float scale, int... texts) {
    return Graphs.scalar(
        scope ->
            hard(
                scope,
                Bench.matrix(scope, t, columns),
                Bench.matrix(scope, v, columns),
                scale,
                texts));
  }

  private static Operand<TFloat32> hard(
      GraphScope scope, Operand<TFloat32> t, Operand<TFloat32> v, float scale, int... texts) {
    return ClairesLoss.hard(
        scope,
        t,
        v,
        scope.constant(scale),
        ClairesLoss.sameText(scope, scope.tf().constant(texts)));
  }

  @Test
  void softIsThatOfTheTutorial() {
    JsonNode vectors = Conformance.read("claires_soft");
    agrees(vectors, 7, (scope, in) -> ClairesLoss.soft(scope, in.get(0), in.get(1), 1));
  }

  @Test
  void hardIsClips() {
    JsonNode vectors = Conformance.read("clip");
    float scale = (float) Math.exp(vectors.at("/inputs/log_scale").asDouble());
    agrees(vectors, 9, (scope, in) -> hard(scope, in.get(0), in.get(1), scale, 0, 1, 2, 3, 4, 5));
  }

  private static void agrees(
      JsonNode vectors,
      int columns,
      java.util.function.BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> body) {
    float[][] inputs = {
      floats(vectors.at("/inputs/text")), floats(vectors.at("/inputs/image")),
    };
    List<float[]> found = Bench.withGradients(inputs, columns, body);
    float tolerance = vectors.get("tolerance").floatValue();
    assertThat(found.get(0)[0])
        .isCloseTo(vectors.at("/expected/loss").floatValue(), within(tolerance));
    assertThat(found.get(1))
        .containsExactly(floats(vectors.at("/expected/grad_text")), within(tolerance));
    assertThat(found.get(2))
        .containsExactly(floats(vectors.at("/expected/grad_image")), within(tolerance));
  }

  private static float[] floats(JsonNode node) {
    double[] numbers = Conformance.numbers(node);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Test
  void softOfTheIdentityIsTheEntropyOfItsTargets() {
    assertThat(soft(IDENTITY, IDENTITY, 2, 1)).isCloseTo(0.58220311f, within(1e-6f));
    float[] four = {4, 0, 0, 4};
    assertThat(soft(four, four, 2, 1)).isCloseTo(1.913e-6f, within(5e-8f));
  }

  @Test
  void hardOfTheIdentity() {
    assertThat(hard(IDENTITY, IDENTITY, 2, 1, 0, 1)).isCloseTo(0.31326169f, within(1e-6f));
    float[] swapped = {0, 1, 1, 0};
    assertThat(hard(IDENTITY, swapped, 2, 1, 0, 1)).isCloseTo(1.31326169f, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 14.3f, 100})
  void hardOfConstantEmbeddingsIsThatOfGuessing(float scale) {
    float[] same = {1, 2, 1, 2, 1, 2, 1, 2};
    assertThat(hard(same, same, 2, scale, 0, 1, 2, 3)).isCloseTo(1.38629436f, within(1e-5f));
  }

  /** The formulas, number by number, at a temperature that is not 1. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 3})
  void softIsItsFormula(double temperature) {
    int n = 5;
    int d = 3;
    float[] t = Bench.normal(n * d, 1);
    float[] v = Bench.normal(n * d, 2);
    double[][] y = new double[n][];
    double[][] rows = new double[n][];
    double[][] columns = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] alike = new double[n];
      double[] row = new double[n];
      double[] column = new double[n];
      for (int j = 0; j < n; j++) {
        alike[j] = temperature * (dot(v, i, v, j, d) + dot(t, i, t, j, d)) / 2;
        row[j] = dot(t, i, v, j, d) / temperature;
        column[j] = dot(t, j, v, i, d) / temperature;
      }
      y[i] = alike;
      rows[i] = logSoftmax(row);
      columns[i] = logSoftmax(column);
      double[] log = logSoftmax(alike);
      for (int j = 0; j < n; j++) {
        y[i][j] = Math.exp(log[j]);
      }
    }
    double loss = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        loss -= (y[i][j] * rows[i][j] + y[j][i] * columns[i][j]) / 2 / n;
      }
    }
    assertThat((double) soft(t, v, d, temperature)).isCloseTo(loss, within(1e-4 * loss));
  }

  private static double dot(float[] a, int i, float[] b, int j, int d) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      sum += (double) a[i * d + k] * b[j * d + k];
    }
    return sum;
  }

  private static double[] logSoftmax(double[] x) {
    double sum = 0;
    for (double one : x) {
      sum += Math.exp(one);
    }
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] - Math.log(sum);
    }
    return out;
  }

  @Test
  void theOrderOfThePairsDoesNotMatter() {
    int[] order = {3, 0, 5, 1, 4, 2};
    int[] texts = {0, 1, 0, 2, 2, 2};
    int[] moved = new int[6];
    float[] t = Bench.normal(18, 1);
    float[] v = Bench.normal(18, 2);
    float[] t2 = new float[18];
    float[] v2 = new float[18];
    for (int i = 0; i < 6; i++) {
      moved[i] = texts[order[i]];
      System.arraycopy(t, 3 * order[i], t2, 3 * i, 3);
      System.arraycopy(v, 3 * order[i], v2, 3 * i, 3);
    }
    assertThat(soft(t2, v2, 3, 1)).isCloseTo(soft(t, v, 3, 1), within(1e-5f));
    assertThat(hard(t2, v2, 3, 5, moved)).isCloseTo(hard(t, v, 3, 5, texts), within(1e-5f));
    // only the images moved: another pairing
    assertThat(soft(t, v2, 3, 1)).isNotCloseTo(soft(t, v, 3, 1), within(1e-2f));
    assertThat(hard(t, v2, 3, 5, texts)).isNotCloseTo(hard(t, v, 3, 5, texts), within(1e-2f));
  }

  @Test
  void hardDoesNotTellTextsFromImages() {
    float[] t = Bench.normal(12, 1);
    float[] v = Bench.normal(12, 2);
    assertThat(hard(v, t, 3, 5, 0, 1, 1, 2)).isCloseTo(hard(t, v, 3, 5, 0, 1, 1, 2), within(1e-6f));
  }

  @Test
  void equalTextsShareTheirTarget() {
    float[] targets =
        Graphs.floats(
            scope -> ClairesLoss.sameText(scope, scope.tf().constant(new int[] {7, 2, 7, 7})));
    float third = 1f / 3;
    assertThat(targets)
        .containsExactly(
            new float[] {
              third, 0, third, third, 0, 1, 0, 0, third, 0, third, third, third, 0, third, third
            },
            within(1e-6f));
    // what is equal is not pushed apart: equal pairs of one text are at the best that can be had
    float[] t = {1, 0, 1, 0, 0, 1};
    assertThat(hard(t, t, 2, 50, 0, 0, 1)).isCloseTo((float) (2 * Math.log(2) / 3), within(1e-5f));
    assertThat(hard(t, t, 2, 50, 0, 2, 1)).isCloseTo((float) (2 * Math.log(2) / 3), within(1e-5f));
    float[] apart = {1, 0, 0, 1, -1, 0};
    assertThat(hard(apart, apart, 2, 50, 0, 0, 1)).isGreaterThan(10);
    assertThat(hard(apart, apart, 2, 50, 0, 2, 1)).isLessThan(1e-5f);
  }

  /** Rows of squared norm 256, as heads make them: logits of 256 and -256. */
  @Test
  void largeLogitsDoNotOverflow() {
    float[] t = {16, 0, -16, 0, 0, 16, 16, 0};
    float[] v = {-16, 0, 16, 0, 0, -16, -16, 0};
    List<float[]> found =
        Bench.withGradients(
            new float[][] {t, v},
            2,
            (scope, in) -> ClairesLoss.soft(scope, in.get(0), in.get(1), 1));
    for (float[] part : found) {
      for (float one : part) {
        assertThat(one).isFinite();
      }
    }
    assertThat(found.get(0)[0]).isGreaterThan(100);
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    List<long[]> shapes = List.of(new long[] {4, 3}, new long[] {4, 3});
    assertThat(
            GradientCheck.run(
                1, shapes, (scope, in) -> ClairesLoss.soft(scope, in.get(0), in.get(1), 1.5)))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
    assertThat(
            GradientCheck.run(
                2,
                shapes,
                (scope, in) ->
                    ClairesLoss.hard(
                        scope,
                        in.get(0),
                        in.get(1),
                        new LogitScale(scope, 0.5).value(),
                        ClairesLoss.sameText(scope, scope.tf().constant(new int[] {0, 1, 1, 2})))))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3))
        .anyMatch(finding -> finding.parameter().equals("logit_scale"));
  }

  @Test
  void theLearnedScaleIsAtMostAHundred() {
    assertThat(Graphs.scalar(scope -> new LogitScale(scope, 0.07).value()))
        .isCloseTo(1 / 0.07f, within(1e-4f));
    assertThat(Graphs.scalar(scope -> new LogitScale(scope, 0.001).value()))
        .isCloseTo(100f, within(1e-3f));
  }
}
