package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.Comparison;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class AveragePrecisionLossTest {
  /** The loss and its gradient of one query, or of several in rows. */
  private static float[][] loss(float[] s, float[] y, int columns, String... settings) {
    return Graphs.all(
            scope -> {
              Operand<TFloat32> similarities = Graphs.tensor(scope, s, s.length / columns, columns);
              Operand<TFloat32> loss =
                  new AveragePrecisionLoss()
                      .apply(
                          scope,
                          Comparison.of(
                              similarities, Graphs.tensor(scope, y, s.length / columns, columns)),
                          settings(settings));
              return List.of(loss, Gradients.of(scope, loss, List.of(similarities)).get(0));
            })
        .toArray(float[][]::new);
  }

  private static Settings settings(String... pairs) {
    Map<String, String> values = new java.util.HashMap<>();
    for (String pair : pairs) {
      values.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return Settings.of(values);
  }

  private static double ap(float[] s, float[] y) {
    return 1 - loss(s, y, s.length, "bins=3")[0][0];
  }

  @Test
  void membershipsAreTriangles() {
    float[] found =
        Graphs.floats(
            scope ->
                new Bins(3, 0, 1)
                    .memberships(scope.tf(), scope.tf().constant(new float[] {.75f, 1.2f, -.3f})));
    assertThat(found).containsExactly(new float[] {.5f, .5f, 0, 1, 0, 0, 0, 0, 1}, within(1e-6f));
  }

  @Test
  void membershipsSumToOne() {
    Random random = new Random(1);
    float[] x = new float[200];
    for (int i = 0; i < x.length; i++) {
      x[i] = 4 * random.nextFloat() - 2;
    }
    float[] sums =
        Graphs.floats(
            scope ->
                scope
                    .tf()
                    .reduceSum(
                        new Bins(7, -0.3, 1).memberships(scope.tf(), scope.tf().constant(x)),
                        scope.ints(1)));
    for (float sum : sums) {
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void isTheSumOverStepsOfTheRecall() {
    assertThat(ap(new float[] {1, .5f, 0}, new float[] {1, 0, 1}))
        .isCloseTo(0.8333333, within(1e-6));
    assertThat(ap(new float[] {.5f, .5f, .5f, .5f}, new float[] {1, 0, 1, 0}))
        .isCloseTo(0.5, within(1e-6));
    assertThat(ap(new float[] {0, 1, 1}, new float[] {1, 0, 0})).isCloseTo(1 / 3.0, within(1e-6));
  }

  /** With bins that hold one similarity each, it is the exact average precision. */
  @Test
  void manyBinsGiveTheExactValue() {
    Random random = new Random(2);
    for (int trial = 0; trial < 5; trial++) {
      float[] s = new float[12];
      float[] y = new float[12];
      List<Integer> places =
          new java.util.ArrayList<>(java.util.stream.IntStream.range(0, 12).boxed().toList());
      java.util.Collections.shuffle(places, random);
      for (int i = 0; i < 12; i++) {
        s[i] = places.get(i) / 11f;
        y[i] = i % 3 == 0 ? 1 : 0;
      }
      double exact = 0;
      for (int i = 0; i < 12; i += 3) {
        int above = 0;
        int positive = 0;
        for (int j = 0; j < 12; j++) {
          above += s[j] >= s[i] ? 1 : 0;
          positive += s[j] >= s[i] && y[j] > 0 ? 1 : 0;
        }
        exact += (double) positive / above / 4;
      }
      assertThat(1 - loss(s, y, 12, "bins=12")[0][0]).isCloseTo((float) exact, within(1e-5f));
    }
  }

  @Test
  void isOneWhenPositivesAreInBinsAboveAllOthers() {
    assertThat(ap(new float[] {1, .9f, .5f, .2f}, new float[] {1, 0, 0, 0})).isLessThan(1);
    assertThat(ap(new float[] {1, 1, .5f, .2f}, new float[] {1, 1, 0, 0}))
        .isCloseTo(1, within(1e-6));
    assertThat(ap(new float[] {1, .8f, .5f, .2f}, new float[] {1, 1, 0, 0})).isLessThan(0.999);
  }

  /**
   * A negative never helps by moving up. A positive may lower the precision of a bin that it enters
   * beside many negatives, in the reference as well, so its sign is certain only where no bin below
   * is purer: here every bin holds as many of both.
   */
  @ParameterizedTest
  @ValueSource(strings = {"tie-aware=false", "tie-aware=true"})
  void higherPositivesAndLowerNegativesAreBetter(String form) {
    Random random = new Random(3);
    float[] s = new float[60];
    float[] y = new float[60];
    for (int i = 0; i < s.length; i++) {
      s[i] = i % 2 == 0 ? random.nextFloat() : s[i - 1];
      y[i] = i % 2;
    }
    float[] slopes = loss(s, y, 20, "bins=10", form)[1];
    int steep = 0;
    for (int i = 0; i < slopes.length; i++) {
      assertThat(y[i] > 0 ? slopes[i] : -slopes[i]).isLessThanOrEqualTo(1e-6f);
      steep += Math.abs(slopes[i]) > 1e-4 ? 1 : 0;
    }
    assertThat(steep).isGreaterThan(30);
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextInt(3) == 0 ? 1 : 0;
    }
    float[] mixed = loss(s, y, 20, "bins=10", form)[1];
    for (int i = 0; i < mixed.length; i++) {
      assertThat(y[i] > 0 ? 0 : mixed[i]).isGreaterThanOrEqualTo(-1e-6f);
    }
  }

  /** AP = sum_m n+_m (C+_{m-1} + C+_m + 1) / (C_{m-1} + C_m + 1) / N+, by hand. */
  @Test
  void tiesShareTheirPlace() {
    // bins hold 1 positive of 1; 1 of 2; 0 of 1
    float[] s = {1, .5f, .5f, 0};
    float[] y = {1, 1, 0, 0};
    double expected = (1 * (0 + 1 + 1) / (0 + 1 + 1.0) + 1 * (1 + 2 + 1) / (1 + 3 + 1.0)) / 2;
    assertThat(1 - loss(s, y, 4, "bins=3", "tie-aware=true")[0][0])
        .isCloseTo((float) expected, within(1e-6f));
  }

  @Test
  void queriesWithoutPositivesCountNowhere() {
    float[] one = {.9f, .6f, .2f};
    float[] both = {.9f, .6f, .2f, .1f, .5f, .8f};
    float alone = loss(one, new float[] {0, 1, 0}, 3)[0][0];
    float[][] beside = loss(both, new float[] {0, 1, 0, 0, 0, 0}, 3);
    assertThat(beside[0][0]).isCloseTo(alone, within(1e-6f));
    assertThat(java.util.Arrays.copyOfRange(beside[1], 3, 6)).containsOnly(0);
    float[][] none = loss(one, new float[] {0, 0, 0}, 3);
    assertThat(none[0][0]).isEqualTo(1);
    assertThat(none[1]).containsOnly(0);
  }

  /** Weights 1/2 for the query with one positive, 1/3 for that with two. */
  @Test
  void balancedQueriesWeighByTheirInstance() {
    float[] s = {.9f, .6f, .2f, .1f, .5f, .8f};
    float[] y = {0, 1, 0, 1, 1, 0};
    double first = loss(new float[] {.9f, .6f, .2f}, new float[] {0, 1, 0}, 3)[0][0];
    double second = loss(new float[] {.1f, .5f, .8f}, new float[] {1, 1, 0}, 3)[0][0];
    assertThat((double) loss(s, y, 3, "balanced=true")[0][0])
        .isCloseTo((first / 2 + second / 3) / (1 / 2.0 + 1 / 3.0), within(1e-6));
  }

  /** naver/deep-image-retrieval, with the query itself in its list. */
  @ParameterizedTest
  @ValueSource(strings = {"ap_loss_bins10", "ap_loss_bins25"})
  void agreesWithTheReference(String name) {
    JsonNode vector = Conformance.read(name);
    float[] s = floats(vector.get("inputs").get("similarities"));
    float[][] found =
        loss(
            s,
            floats(vector.get("inputs").get("relevant")),
            10,
            "bins=" + vector.get("inputs").get("bins").asInt(),
            "low=-1",
            "high=1");
    assertThat((double) found[0][0])
        .isCloseTo(vector.get("expected").get("loss").asDouble(), within(1e-4));
    float[] slopes = floats(vector.get("expected").get("grad_similarities"));
    for (int i = 0; i < slopes.length; i++) {
      if (s[i] < 1) { // at the end of the range the triangle has a corner and no gradient
        assertThat(found[1][i]).as("element " + i).isCloseTo(slopes[i], within(1e-4f));
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

  @Test
  void refusesWhatItCannotMean() {
    assertThatThrownBy(() -> loss(new float[] {1, 0}, new float[] {1, 0}, 2, "low=0.5", "high=0.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("loss.low 0.5 is not below loss.high 0.5");
    assertThatThrownBy(
            () ->
                Graphs.floats(
                    scope ->
                        new AveragePrecisionLoss()
                            .apply(
                                scope,
                                Comparison.of(
                                        Targets.identity(scope, 3), Targets.identity(scope, 3))
                                    .withSmoothedTargets(),
                                Settings.DEFAULTS)))
        .isInstanceOf(UserException.class);
  }
}
