package juxta.plugin.baselines.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.graph.GradientCheck;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class LossesTest {
  private static final List<Loss> BOTH = List.of(new NtXent(), new SoftTarget());

  private static Settings temperature(double t) {
    return Settings.of(Map.of("temperature", Double.toString(t)));
  }

  /** SimCLR's loss over the rows of two views. */
  private static Operand<TFloat32> simclr(
      Loss loss, GraphScope scope, List<Operand<TFloat32>> views, int records, double t) {
    Operand<TFloat32> z = scope.tf().concat(views, scope.tf().constant(0));
    return loss.apply(
        scope,
        Comparison.of(Similarity.cosine(scope, z, z), Targets.otherView(scope, records))
            .excluding(Targets.excludeSelf(scope, 2 * records)),
        temperature(t));
  }

  @Test
  void ntXentConforms() {
    JsonNode file = Conformance.read("ntxent");
    double t = file.at("/inputs/temperature").asDouble();
    for (Loss loss : BOTH) { // with one positive a row the two are the same
      conforms(
          file, List.of("z0", "z1"), 2, (scope, in) -> simclr(loss, scope, in.subList(0, 2), 8, t));
    }
  }

  @Test
  void ntXentRefusesTargetsThatHideThePositives() {
    try (Graph graph = new Graph()) {
      GraphScope scope = new GraphBuilder(graph, 1, "train").root();
      Operand<TFloat32> eye = Targets.identity(scope, 4);
      Comparison smoothed = Comparison.of(eye, eye).withSmoothedTargets();
      assertThatThrownBy(() -> new NtXent().apply(scope, smoothed, Settings.DEFAULTS))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("soft-target");
    }
  }

  @Test
  void softTargetConforms() {
    JsonNode file = Conformance.read("soft_target_contrastive");
    conforms(
        file,
        List.of("q", "k", "targets"),
        1,
        (scope, in) ->
            new SoftTarget()
                .apply(
                    scope,
                    Comparison.of(Similarity.cosine(scope, in.get(0), in.get(1)), in.get(2)),
                    Settings.DEFAULTS)); // its default is the file's temperature
  }

  private static void conforms(
      JsonNode file,
      List<String> inputs,
      int differentiated,
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> loss) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      List<Operand<TFloat32>> in = new ArrayList<>();
      for (String input : inputs) {
        JsonNode node = file.at("/inputs/" + input);
        in.add(tensor(root, Conformance.floats(node), node.size()));
      }
      Operand<TFloat32> value = loss.apply(root, in);
      List<Operand<TFloat32>> gradients = Gradients.of(root, value, in.subList(0, differentiated));
      try (GraphSession session = new GraphSession(builder)) {
        assertThat((double) session.floats(value)[0])
            .isCloseTo(file.at("/expected/loss").asDouble(), within(1e-5));
        for (int i = 0; i < differentiated; i++) {
          assertThat(session.floats(gradients.get(i)))
              .containsExactly(
                  Conformance.floats(file.at("/expected/grad_" + inputs.get(i))), within(1e-6f));
        }
      }
    }
  }

  private static Operand<TFloat32> tensor(GraphScope scope, float[] values, int rows) {
    return scope.tf().reshape(scope.tf().constant(values), scope.ints(rows, values.length / rows));
  }

  private static float compute(
      float[][] inputs,
      int rows,
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> loss) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      List<Operand<TFloat32>> in = new ArrayList<>();
      for (float[] input : inputs) {
        in.add(tensor(builder.root(), input, rows));
      }
      Operand<TFloat32> value = loss.apply(builder.root(), in);
      try (GraphSession session = new GraphSession(builder)) {
        return session.floats(value)[0];
      }
    }
  }

  private static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float simclr(Loss loss, float[] first, float[] second) {
    return compute(
        new float[][] {first, second}, 5, (scope, in) -> simclr(loss, scope, in, 5, 0.3));
  }

  @Test
  void gradientsAgreeWithDifferences() {
    for (Loss loss : BOTH) {
      assertThat(
              GradientCheck.run(
                  3,
                  List.of(new long[] {4, 3}, new long[] {4, 3}),
                  (scope, in) -> simclr(loss, scope, in, 4, 0.5)))
          .hasSize(6)
          .allSatisfy(f -> assertThat(f.error()).isLessThan(1e-3));
      assertThat( // several positives a row
              GradientCheck.run(
                  4,
                  List.of(new long[] {4, 3}, new long[] {4, 3}),
                  (scope, in) ->
                      loss.apply(
                          scope,
                          Comparison.of(
                              Similarity.cosine(scope, in.get(0), in.get(1)), soft(scope)),
                          temperature(0.5))))
          .allSatisfy(f -> assertThat(f.error()).isLessThan(1e-3));
    }
  }

  /** Four rows of two positives. */
  private static Operand<TFloat32> soft(GraphScope scope) {
    return scope
        .tf()
        .constant(
            new float[][] {{.5f, .5f, 0, 0}, {0, .25f, .75f, 0}, {0, 0, .5f, .5f}, {1, 0, 0, 0}});
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5})
  void equalEmbeddingsGiveTheLogarithmOfTheOthers(double t) {
    float[] same = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3};
    for (Loss loss : BOTH) {
      assertThat(
              compute(new float[][] {same, same}, 4, (scope, in) -> simclr(loss, scope, in, 4, t)))
          .isCloseTo((float) Math.log(7), within(1e-5f)); // 2B - 1
    }
  }

  @Test
  void lengthOrderAndNamesOfTheViewsDoNotMatter() {
    float[] first = random(1, 20);
    float[] second = random(2, 20);
    for (Loss loss : BOTH) {
      float expected = simclr(loss, first, second);
      assertThat(simclr(loss, second, first)).isCloseTo(expected, within(1e-5f));
      assertThat(simclr(loss, scaled(first), scaled(second))).isCloseTo(expected, within(1e-5f));
      UnaryOperator<float[]> turned = LossesTest::permuted;
      assertThat(simclr(loss, turned.apply(first), turned.apply(second)))
          .isCloseTo(expected, within(1e-5f));
      assertThat(simclr(loss, turned.apply(first), second)).isNotCloseTo(expected, within(1e-3f));
    }
  }

  /** Five rows of four, each times another positive factor. */
  private static float[] scaled(float[] rows) {
    float[] scaled = rows.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= 0.01f + 7 * (i / 4);
    }
    return scaled;
  }

  /** Row i goes to i + 2. */
  private static float[] permuted(float[] rows) {
    float[] permuted = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      permuted[(i + 8) % 20] = rows[i];
    }
    return permuted;
  }

  @Test
  void excludedPairsHaveNoInfluence() {
    float[] excluded = {0, 0, 1, 0, 1, 0, 1, 0, 0};
    float[] similarities = {.9f, .1f, -.5f, .2f, .7f, .3f, .4f, .6f, .8f};
    float[] others = {.9f, .1f, 1, .2f, -1, .3f, -.9f, .6f, .8f};
    float[] targets = {1, 0, 0, 0, 0, 1, 0, .5f, .5f};
    for (Loss loss : BOTH) {
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> masked =
          (scope, in) ->
              loss.apply(
                  scope, Comparison.of(in.get(0), in.get(1)).excluding(in.get(2)), temperature(1));
      float with = compute(new float[][] {similarities, targets, excluded}, 3, masked);
      assertThat(compute(new float[][] {others, targets, excluded}, 3, masked)).isEqualTo(with);
      assertThat(compute(new float[][] {others, targets, new float[9]}, 3, masked))
          .isNotEqualTo(with);
      // rows: {.9, .1}, {.2, .3}, {.6, .8}
      double first = Math.log(1 + Math.exp(.1 - .9));
      double second = Math.log(1 + Math.exp(.2 - .3));
      double third =
          loss instanceof NtXent ? 0 : Math.log(Math.exp(.6) + Math.exp(.8)) - (.6 + .8) / 2;
      assertThat((double) with).isCloseTo((first + second + third) / 3, within(1e-6));
    }
  }

  @Test
  void extremesStayFinite() {
    float[] rows = {1, 0, -1, 0, 1, 0, -1, 0};
    for (Loss loss : BOTH) {
      assertThat(
              compute(
                  new float[][] {rows, rows}, 4, (scope, in) -> simclr(loss, scope, in, 4, 1e-3)))
          .isFinite();
      assertThat(
              compute(
                  new float[][] {new float[8], rows},
                  4,
                  (scope, in) -> simclr(loss, scope, in, 4, 0.1)))
          .isFinite();
    }
  }

  @Test
  void temperatureHasADefaultAndARange() {
    assertThat(Settings.DEFAULTS.get(NtXent.TEMPERATURE)).isEqualTo(0.1);
    assertThat(Settings.DEFAULTS.get(SoftTarget.TEMPERATURE)).isEqualTo(0.2);
    assertThatThrownBy(() -> temperature(0).get(NtXent.TEMPERATURE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("temperature");
  }
}
