package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class PrototypesTest {
  private static final String MOVING = "clusters.prototypes";

  private static Map<String, Value> centres(int room, int q, float... values) {
    return ClusterTask.parameters(new Matrix(values.length / q, q, values), room);
  }

  private static Operand<TFloat32> real(GraphScope scope, Operand<TInt32> x) {
    return scope.tf().dtypes.cast(x, TFloat32.class);
  }

  @Test
  void softAssignmentIsASoftmaxOfDotProducts() {
    float[] c =
        Graphs.floats(
            centres(2, 2, 1, 0, 0, 1),
            scope ->
                new Prototypes(scope, 2, 2, 1)
                    .soft(Graphs.tensor(scope, new float[] {1, 0}, 1, 2)));
    assertThat(c[0]).isCloseTo(0.73105858f, within(1e-6f));
    assertThat(c[1]).isCloseTo(0.26894142f, within(1e-6f));
  }

  @Test
  void aTemperatureDividesTheDotProducts() {
    float[] c =
        Graphs.floats(
            centres(2, 2, 1, 0, 0, 1),
            scope ->
                new Prototypes(scope, 2, 2, 0.5)
                    .soft(Graphs.tensor(scope, new float[] {1, 0}, 1, 2)));
    assertThat(c[0]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
  }

  @Test
  void longPrototypesWinSoftlyAndNearOnesHardly() {
    float[] h = {0.4f, 0.9f};
    Map<String, Value> parameters = centres(2, 2, 3, 0, 0, 1);
    float[] soft =
        Graphs.floats(
            parameters,
            scope -> {
              Prototypes p = new Prototypes(scope, 2, 2, 1);
              return real(scope, p.likeliest(p.soft(Graphs.tensor(scope, h, 1, 2))));
            });
    float[] hard =
        Graphs.floats(
            parameters,
            scope ->
                real(scope, new Prototypes(scope, 2, 2, 1).nearest(Graphs.tensor(scope, h, 1, 2))));
    assertThat(soft).containsExactly(0);
    assertThat(hard).containsExactly(1);
  }

  @Test
  void whatIsNotInUseGetsNoMember() {
    float[] far = {-9, -9}; // the zeros of what is not in use would be nearest, and likeliest
    Map<String, Value> parameters = centres(5, 2, 1, 0, 0, 1);
    float[] c =
        Graphs.floats(
            parameters,
            scope -> new Prototypes(scope, 5, 2, 1).soft(Graphs.tensor(scope, far, 1, 2)));
    float[] hard =
        Graphs.floats(
            parameters,
            scope ->
                real(
                    scope,
                    new Prototypes(scope, 5, 2, 1).nearest(Graphs.tensor(scope, far, 1, 2))));
    assertThat(c).containsExactly(0.5f, 0.5f, 0, 0, 0);
    assertThat(hard[0]).isLessThan(2);
  }

  @Test
  void prototypesBecomeTheMeanOfTheirMembersAndOthersStay() {
    float[] h = {1, 2, 3, 4, 7, 0.1f}; // rows to clusters 2, 2, 0
    float[] before = {5, 6, 0.1f, -0.3f, 8, 9};
    assertThat(followed(1, before, h, 2, 2, 0)).containsExactly(7, 0.1f, 0.1f, -0.3f, 2, 3);
    float[] mixed = followed(0.25, before, h, 2, 2, 0);
    assertThat(mixed[0]).isCloseTo(0.25f * 7 + 0.75f * 5, within(1e-6f));
    assertThat(mixed[5]).isCloseTo(0.25f * 3 + 0.75f * 9, within(1e-6f));
    assertThat(mixed[2]).isEqualTo(0.1f); // to the bit
    assertThat(mixed[3]).isEqualTo(-0.3f);
  }

  private static float[] followed(double rho, float[] before, float[] h, int... clusters) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      GraphScope scope = builder.root();
      new Prototypes(scope, 3, 2, 1)
          .follow(Graphs.tensor(scope, h, 3, 2), scope.tf().constant(clusters), rho);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session.write(centres(3, 2, before));
        session.values(Map.of(), List.of(), builder.updates());
        assertThat(
                Tensors.floats(session.read(List.of("clusters.centres")).get("clusters.centres")))
            .containsExactly(before); // those of k-means stay
        return Tensors.floats(session.read(List.of(MOVING)).get(MOVING));
      }
    }
  }
}
