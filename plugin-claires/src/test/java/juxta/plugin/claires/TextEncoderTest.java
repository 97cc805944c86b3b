package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
  private static final TextPlan SMALL = new TextPlan(11, 9, 8, 2, 2, 12, 0.3);
  private static final int[] TEXT = {2, 7, 5, 10, 4, 3};

  /**
   * States of the first tokens [texts, 8], with weights and biases away from their first values.
   */
  private static Bench.Ran encode(int[]... texts) {
    return Bench.drawing(
        0.3,
        scope ->
            new TextEncoder(scope, SMALL).apply(Bench.tokens(scope, texts), 0, Pass.INFERENCE));
  }

  @Test
  void isDistilBertNumberByNumber() {
    Bench.Ran ran = encode(TEXT);
    double[] expected = Naive.encode(TEXT, ran.parameters(), 8, 2, 2);
    for (int i = 0; i < 8; i++) {
      assertThat((double) ran.values()[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void paddingChangesNothing() {
    float[] alone = encode(TEXT).values();
    int[] padded = Arrays.copyOf(TEXT, 9);
    int[] other = {2, 1, 1, 9, 9, 8, 4, 6, 3};
    float[] both = encode(other, padded).values();
    assertThat(Arrays.copyOfRange(both, 8, 16)).containsExactly(alone, within(1e-5f));
    // any other token in its place does change it
    padded[8] = 1;
    assertThat(encode(padded).values()[0]).isNotCloseTo(alone[0], within(1e-4f));
  }

  @Test
  void positionsMatter() {
    int[] turned = {2, 4, 10, 5, 7, 3};
    assertThat(encode(turned).values()[0]).isNotCloseTo(encode(TEXT).values()[0], within(1e-3f));
  }

  @Test
  void parametersBearTheNamesOfHuggingFace() {
    List<String> expected =
        new ArrayList<>(
            List.of(
                "embeddings.word_embeddings.weight",
                "embeddings.position_embeddings.weight",
                "embeddings.LayerNorm.weight",
                "embeddings.LayerNorm.bias"));
    for (int layer = 0; layer < 6; layer++) {
      for (String name :
          List.of(
              "attention.q_lin",
              "attention.k_lin",
              "attention.v_lin",
              "attention.out_lin",
              "sa_layer_norm",
              "ffn.lin1",
              "ffn.lin2",
              "output_layer_norm")) {
        expected.add("transformer.layer." + layer + "." + name + ".weight");
        expected.add("transformer.layer." + layer + "." + name + ".bias");
      }
    }
    List<Parameter<?>> parameters = TextWeights.parameters(TextPlan.of(Settings.DEFAULTS, 30_522));
    assertThat(parameters.stream().map(Parameter::name))
        .containsExactlyInAnyOrderElementsOf(expected);
    // distilbert-base-uncased without a head
    assertThat(parameters.stream().mapToLong(Parameter::elements).sum()).isEqualTo(66_362_880);
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    TextPlan plan = new TextPlan(6, 4, 16, 1, 2, 6, 0);
    assertThat(
            GradientCheck.run(
                1,
                List.of(new long[] {2, 16}),
                (scope, in) ->
                    scope
                        .tf()
                        .math
                        .mean(
                            scope
                                .tf()
                                .math
                                .mul(
                                    new TextEncoder(scope, plan)
                                        .apply(
                                            Bench.tokens(
                                                scope,
                                                new int[] {2, 5, 4, 3},
                                                new int[] {2, 4, 3, 0}),
                                            0,
                                            Pass.TRAINING),
                                    in.get(0)),
                            scope.ints(0, 1))))
        .hasSizeGreaterThan(20)
        .allSatisfy(finding -> assertThat(finding.error()).as(finding.toString()).isLessThan(1e-3));
  }

  @Test
  void dropoutIsForTrainingOnly() {
    float[] trained =
        Graphs.floats(
            scope ->
                new TextEncoder(scope, SMALL)
                    .apply(Bench.tokens(scope, TEXT, TEXT), 0, Pass.TRAINING));
    assertThat(Arrays.copyOfRange(trained, 0, 8)).isNotEqualTo(Arrays.copyOfRange(trained, 8, 16));
    float[] used = encode(TEXT, TEXT).values();
    assertThat(Arrays.copyOfRange(used, 0, 8))
        .containsExactly(Arrays.copyOfRange(used, 8, 16), within(1e-5f));
  }

  @Test
  void structuresThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> TextPlan.of(Settings.of(Map.of("text-heads", "7")), 10))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("7 heads do not divide text-width 768");
    assertThatThrownBy(() -> TextPlan.of(Settings.of(Map.of("max-tokens", "600")), 10))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("600 is more than text-positions 512");
  }
}
