package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.testkit.Conformance;
import juxta.toolkit.contrast.Queue;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The objectives of methods that are held against numbers of reference implementations. */
class ObjectivesTest {
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

  private static double number(Function<GraphScope, Operand<TFloat32>> build) {
    return compute(build)[0];
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
  void byolAndSimsiamConform() {
    JsonNode file = Conformance.read("byol_regression");
    double loss = file.at("/expected/loss").asDouble();
    assertThat(
            number(root -> Byol.regression(root, input(root, file, "p"), input(root, file, "z"))))
        .isCloseTo(loss, within(1e-5));
    for (boolean stop : new boolean[] {true, false}) {
      assertThat(
              number(
                  root ->
                      Simsiam.alike(root, input(root, file, "p"), input(root, file, "z"), stop)))
          .isCloseTo(1 - loss / 2, within(1e-5));
    }
    close(
        compute(
            root -> {
              Operand<TFloat32> p = input(root, file, "p");
              Operand<TFloat32> l = Byol.regression(root, p, input(root, file, "z"));
              return Gradients.of(root, l, List.of(p)).get(0);
            }),
        file.at("/expected/grad_p"));
  }

  @Test
  void targetsGetNoGradientUnlessSimsiamIsToldSo() {
    JsonNode file = Conformance.read("byol_regression");
    assertThat(
            compute(
                root -> {
                  Operand<TFloat32> z = input(root, file, "z");
                  Operand<TFloat32> l = Byol.regression(root, input(root, file, "p"), z);
                  return Gradients.of(root, l, List.of(z)).get(0);
                }))
        .containsOnly(0);
    for (boolean stop : new boolean[] {true, false}) {
      float[] gradient =
          compute(
              root -> {
                Operand<TFloat32> z = input(root, file, "z");
                Operand<TFloat32> l = Simsiam.alike(root, input(root, file, "p"), z, stop);
                return Gradients.of(root, l, List.of(z)).get(0);
              });
      double[] size = {0};
      for (float g : gradient) {
        size[0] += Math.abs(g);
      }
      assertThat(size[0] == 0).isEqualTo(stop);
    }
  }

  /** SimSiam's loss is -1, BYOL's 0 once predictions are their targets. */
  @Test
  void whatIsPredictedExactlyIsCollapsed() {
    JsonNode file = Conformance.read("byol_regression");
    assertThat(
            number(
                root -> Simsiam.alike(root, input(root, file, "z"), input(root, file, "z"), true)))
        .isCloseTo(1, within(1e-6));
    assertThat(
            number(root -> Byol.regression(root, input(root, file, "z"), input(root, file, "z"))))
        .isCloseTo(0, within(1e-5));
  }

  @Test
  void queriesAgainstKeyAndQueueConform() {
    JsonNode file = Conformance.read("moco_queue");
    assertThat(number(root -> moco(root, file, input(root, file, "q"))))
        .isCloseTo(file.at("/expected/loss").asDouble(), within(1e-5));
    close(
        compute(
            root -> {
              Operand<TFloat32> q = input(root, file, "q");
              return Gradients.of(root, moco(root, file, q), List.of(q)).get(0);
            }),
        file.at("/expected/grad_q"));
  }

  private static Operand<TFloat32> moco(GraphScope root, JsonNode file, Operand<TFloat32> q) {
    Comparison comparison =
        Queue.compare(root, 5, q, input(root, file, "k"), input(root, file, "queue"));
    Operand<TFloat32> logits =
        root.tf().math.mul(comparison.similarities(), root.constant(1 / 0.2f));
    return SoftCrossEntropy.apply(root, logits, comparison.targets());
  }
}
