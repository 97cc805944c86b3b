package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import juxta.api.GraphScope;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class RankedPairsTest {
  private static final float[] ORTHOGONAL = {1, 0, 0, 1};
  private static final float[] EQUAL = {1, 1, 1, 1};

  private static Operand<TFloat32> rows(GraphScope scope, float[] values, int n) {
    return Graphs.tensor(scope, values, n, values.length / n);
  }

  private static float attract(float[] u) {
    return Graphs.scalar(scope -> RankedPairs.attract(scope, rows(scope, u, 2)));
  }

  private static float repel(float[] u, float[] v, int n) {
    return Graphs.scalar(scope -> RankedPairs.repel(scope, rows(scope, u, n), rows(scope, v, n)));
  }

  @Test
  void attractionOfTwoRows() {
    assertThat(attract(ORTHOGONAL)).isCloseTo(3.800772f, within(1e-4f));
    assertThat(attract(EQUAL)).isCloseTo(0.00057115f, within(1e-6f));
  }

  @Test
  void repulsionOfOneRowAndOfTwo() {
    assertThat(repel(new float[] {1, 2}, new float[] {1, 2}, 1))
        .isCloseTo(92.59795f, within(1e-1f));
    assertThat(repel(new float[] {1, 0}, new float[] {0, 1}, 1))
        .isCloseTo(0.00609277f, within(1e-5f));
    assertThat(repel(ORTHOGONAL, ORTHOGONAL, 2)).isCloseTo(46.299224f, within(1e-1f));
  }

  @Test
  void ranksCountDownwardsWithTiesInOrder() {
    float[] s = {0.1f, 0.9f, 0.5f, 0.5f, 0.3f, 0.3f, 0.3f, 0.3f};
    assertThat(Graphs.floats(scope -> RankedPairs.ranks(scope, Graphs.tensor(scope, s, 2, 4))))
        .containsExactly(3, 0, 1, 2, 0, 1, 2, 3);
  }

  @Test
  void conforms() {
    JsonNode file = Conformance.read("fba_contrast");
    float[] f = floats(file.at("/inputs/foreground"));
    float[] b = floats(file.at("/inputs/background"));
    check(
        List.of(b, f),
        (scope, in) -> RankedPairs.repel(scope, in.get(0), in.get(1)),
        file.at("/expected/sim_min").asDouble(),
        List.of(
            floats(file.at("/expected/grad_sim_min_background")),
            floats(file.at("/expected/grad_sim_min_foreground"))));
    check(
        List.of(f),
        (scope, in) -> RankedPairs.attract(scope, in.get(0)),
        file.at("/expected/sim_max_foreground").asDouble(),
        List.of(floats(file.at("/expected/grad_sim_max_foreground"))));
  }

  private static void check(
      List<float[]> inputs,
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> loss,
      double expected,
      List<float[]> gradients) {
    for (int i = -1; i < inputs.size(); i++) {
      int wanted = i;
      float[] found =
          Graphs.floats(
              scope -> {
                List<Operand<TFloat32>> in =
                    inputs.stream().map(values -> rows(scope, values, 6)).toList();
                Operand<TFloat32> value = loss.apply(scope, in);
                return wanted < 0 ? value : Gradients.of(scope, value, in).get(wanted);
              });
      if (wanted < 0) {
        assertThat((double) found[0]).isCloseTo(expected, within(1e-4 * Math.max(1, expected)));
      } else {
        assertThat(found).containsExactly(gradients.get(wanted), within(2e-4f));
      }
    }
  }

  private static float[] floats(JsonNode node) {
    double[] numbers = Conformance.numbers(node);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfTheRecordsDoesNotMatter(long seed) {
    Random random = new Random(seed);
    int n = 5;
    float[] f = new float[n * 4];
    float[] b = new float[n * 4];
    for (int i = 0; i < f.length; i++) {
      f[i] = random.nextFloat();
      b[i] = random.nextFloat();
    }
    int[] order = {3, 0, 4, 1, 2};
    assertThat(repel(permuted(f, order), permuted(b, order), n))
        .isCloseTo(repel(f, b, n), within(1e-3f));
    assertThat(
            Graphs.scalar(scope -> RankedPairs.attract(scope, rows(scope, permuted(f, order), n))))
        .isCloseTo(
            Graphs.scalar(scope -> RankedPairs.attract(scope, rows(scope, f, n))), within(1e-4f));
  }

  private static float[] permuted(float[] rows, int[] order) {
    int width = rows.length / order.length;
    float[] out = new float[rows.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(rows, order[i] * width, out, i * width, width);
    }
    return out;
  }

  @Test
  void gradientsAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                7,
                List.of(new long[] {3, 4}, new long[] {3, 4}),
                (scope, in) ->
                    scope
                        .tf()
                        .math
                        .add(
                            RankedPairs.attract(scope, scope.tf().math.exp(in.get(0))),
                            RankedPairs.repel(
                                scope,
                                scope.tf().math.exp(in.get(0)),
                                scope.tf().math.exp(in.get(1))))))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }
}
