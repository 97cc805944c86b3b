package juxta.toolkit.discrimination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Setting;
import juxta.toolkit.Conformance;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The pieces of the frameworks; the frameworks as wholes are tried with their methods. */
class DiscriminationTest {
  private static float[] compute(Function<GraphScope, Operand<TFloat32>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      Operand<TFloat32> wanted = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.floats(wanted);
      }
    }
  }

  private static Operand<TFloat32> input(GraphScope root, JsonNode file, String name) {
    JsonNode node = file.at("/inputs/" + name);
    return root.tf()
        .reshape(
            root.tf().constant(Conformance.floats(node)),
            root.ints(node.size(), node.get(0).size()));
  }

  private static void close(float[] found, JsonNode expected) {
    double[] numbers = Conformance.numbers(expected);
    assertThat(found).hasSameSizeAs(numbers);
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) found[i]).isCloseTo(numbers[i], within(1e-5));
    }
  }

  @Test
  void regressionConformsToByols() {
    JsonNode file = Conformance.read("byol_regression");
    double loss = file.at("/expected/loss").asDouble();
    assertThat(
            (double)
                compute(
                    root ->
                        Regression.distance(root, input(root, file, "p"), input(root, file, "z")))[
                    0])
        .isCloseTo(loss, within(1e-5));
    assertThat(
            (double)
                compute(
                    root ->
                        Regression.cosine(root, input(root, file, "p"), input(root, file, "z")))[0])
        .isCloseTo(1 - loss / 2, within(1e-5));
    close(
        compute(
            root -> {
              Operand<TFloat32> p = input(root, file, "p");
              Operand<TFloat32> l = Regression.distance(root, p, input(root, file, "z"));
              return Gradients.of(root, l, List.of(p)).get(0);
            }),
        file.at("/expected/grad_p"));
  }

  @Test
  void regressionGivesTargetsNoGradient() {
    JsonNode file = Conformance.read("byol_regression");
    assertThat(
            compute(
                root -> {
                  Operand<TFloat32> z = input(root, file, "z");
                  Operand<TFloat32> l = Regression.distance(root, input(root, file, "p"), z);
                  return Gradients.of(root, l, List.of(z)).get(0);
                }))
        .containsOnly(0);
  }

  /** SimSiam's loss is -1, BYOL's 0 once predictions are their targets. */
  @Test
  void whatIsPredictedExactlyIsCollapsed() {
    JsonNode file = Conformance.read("byol_regression");
    assertThat(
            (double)
                compute(
                    root ->
                        Regression.cosine(root, input(root, file, "z"), input(root, file, "z")))[0])
        .isCloseTo(1, within(1e-6));
    assertThat(
            (double)
                compute(
                    root ->
                        Regression.distance(root, input(root, file, "z"), input(root, file, "z")))[
                    0])
        .isCloseTo(0, within(1e-5));
  }

  @Test
  void queriesAgainstKeyAndQueueConform() {
    JsonNode file = Conformance.read("moco_queue");
    Function<GraphScope, Operand<TFloat32>> query = root -> input(root, file, "q");
    assertThat((double) compute(root -> moco(root, file, query.apply(root)))[0])
        .isCloseTo(file.at("/expected/loss").asDouble(), within(1e-5));
    close(
        compute(
            root -> {
              Operand<TFloat32> q = query.apply(root);
              return Gradients.of(root, moco(root, file, q), List.of(q)).get(0);
            }),
        file.at("/expected/grad_q"));
  }

  private static Operand<TFloat32> moco(GraphScope root, JsonNode file, Operand<TFloat32> q) {
    Comparison comparison =
        MocoV2Framework.contrast(
            root, 5, q, input(root, file, "k"), input(root, file, "queue"));
    Operand<TFloat32> logits =
        root.tf().math.mul(comparison.similarities(), root.constant(1 / 0.2f));
    return SoftCrossEntropy.apply(root, logits, comparison.targets());
  }

  @Test
  void layersOfAHeadBearTheirPlaces() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      Head head =
          Head.from(builder.root().sub("g"), 4)
              .linear(3, true)
              .norm()
              .relu()
              .linear(2, false)
              .plainNorm();
      assertThat(head.width()).isEqualTo(2);
      assertThat(builder.parameters().stream().map(Parameter::name))
          .containsExactly(
              "g.0.weight",
              "g.0.bias",
              "g.1.weight",
              "g.1.bias",
              "g.1.running_mean",
              "g.1.running_var",
              "g.3.weight",
              "g.4.running_mean",
              "g.4.running_var");
    }
    float[] y =
        compute(
            root -> {
              Operand<TFloat32> x = root.tf().constant(new float[][] {{1, 2}, {3, -1}, {0, 5}});
              Head head = Head.from(root.sub("g"), 2).linear(4, true).relu().linear(2, false);
              return head.plainNorm().apply(x, Pass.TRAINING);
            });
    assertThat(y).hasSize(6);
    assertThat(y[0] + y[2] + y[4]).isCloseTo(0, within(1e-4f)); // BN is the last layer
    assertThat(y[1] + y[3] + y[5]).isCloseTo(0, within(1e-4f));
  }

  @Test
  void aTrainingHasNoMoreWarmUpThanSteps() {
    assertThat(new Length(100, 10).first(2.5)).isEqualTo(25);
    assertThat(new Length(100, 10).first(50)).isEqualTo(100);
    assertThat(new Length(0, 10).first(1)).isEqualTo(0);
  }

  @Test
  void frameworksAreFoundByTheirNames() {
    assertThat(Frameworks.ids()).containsExactly("simclr", "mocov2", "byol", "simsiam");
    assertThat(Frameworks.named("byol")).isInstanceOf(ByolFramework.class);
    assertThatThrownBy(() -> Frameworks.named("moco")).hasMessageContaining("simsiam");
    assertThat(Frameworks.settings().stream().map(Setting::key))
        .doesNotHaveDuplicates()
        .contains("queue", "prediction-hidden", "base-rate");
  }

  /** What a framework recommends for small images are settings that it has, and allowed. */
  @Test
  void smallScaleSettingsAreAllowed() {
    for (Framework framework : Frameworks.ALL) {
      framework
          .smallScale()
          .forEach(
              (key, value) ->
                  assertThat(
                          framework.settings().stream()
                              .filter(s -> s.key().equals(key))
                              .findFirst()
                              .orElseThrow()
                              .parse(value))
                      .isNotNull());
    }
  }
}
