package juxta.toolkit.discrimination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The pieces that methods are made of; the methods are tried where they are. */
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
}
