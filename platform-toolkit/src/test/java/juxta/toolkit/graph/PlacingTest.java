package juxta.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

class PlacingTest {
  /**
   * The products of the parts, and those of the way back are made where those of the way there
   * were.
   */
  @Test
  void gradientsAreComputedWhereTheirOriginalsAre() {
    Spread spread = new Spread(List.of("/device:CPU:0", "/device:CPU:1"), true);
    try (Graph graph = new Graph()) {
      GraphBuilder builder =
          new GraphBuilder(graph, 1, "train", Arithmetic.FLOAT32, Optional.of(spread));
      GraphScope scope = builder.root();
      Parameter<TFloat32> w =
          scope.weight(
              "w",
              Layout.PLAIN,
              (tf, shape, seed) -> tf.random.statelessRandomNormal(tf.constant(shape), seed),
              6,
              5);
      Operand<TFloat32> x = scope.tf().fill(scope.ints(4, 6), scope.constant(1));
      Operand<TFloat32> loss = scope.constant(0);
      for (int i = 0; i < 2; i++) { // applied twice, so each device has two summands
        Operand<TFloat32> y =
            floats(Parts.apply(scope, List.of(x), part -> product(scope, part, w)).get(0));
        loss =
            scope
                .tf()
                .math
                .add(loss, scope.tf().math.mean(scope.tf().math.square(y), scope.ints(0, 1)));
      }
      Gradients.ofTrained(scope, loss, scope.parameters());
      GraphDef placed = Placing.of(graph.toGraphDef(), spread);
      Map<String, Integer> products = new TreeMap<>();
      Map<String, Integer> forth = new TreeMap<>();
      Map<String, Integer> sums = new TreeMap<>();
      for (NodeDef node : placed.getNodeList()) {
        assertThat(node.getDevice()).as(node.getName()).isNotEmpty();
        if (node.getOp().equals("MatMul")) {
          (node.getName().startsWith("gradients") ? products : forth)
              .merge(node.getDevice(), 1, Integer::sum);
        }
        if (node.getOp().equals("AddN")) {
          sums.merge(node.getDevice() + " of " + node.getInputCount(), 1, Integer::sum);
        }
      }
      assertThat(forth)
          .containsEntry("/device:CPU:0", 4) // two of them rehearsed, on the whole batch
          .containsEntry("/device:CPU:1", 2);
      assertThat(products).containsOnlyKeys("/device:CPU:0", "/device:CPU:1");
      assertThat(products.get("/device:CPU:0")).isEqualTo(products.get("/device:CPU:1"));
      assertThat(sums)
          .containsEntry("/device:CPU:0 of 2", 2) // its own, and that of both
          .containsEntry("/device:CPU:1 of 2", 1);
    }
  }

  /** Three devices that use a weight, and a value that is used three times on one of them. */
  @Test
  void onlyTwoAreAddedAtATime() {
    Spread spread = new Spread(List.of("/device:CPU:0", "/device:CPU:1", "/device:CPU:2"), true);
    try (Graph graph = new Graph()) {
      GraphScope scope =
          new GraphBuilder(graph, 1, "train", Arithmetic.FLOAT32, Optional.of(spread)).root();
      Parameter<TFloat32> w =
          scope.weight(
              "w",
              Layout.PLAIN,
              (tf, shape, seed) -> tf.random.statelessRandomNormal(tf.constant(shape), seed),
              6,
              5);
      Operand<TFloat32> x = scope.tf().fill(scope.ints(6, 6), scope.constant(1));
      Operand<TFloat32> y =
          floats(Parts.apply(scope, List.of(x), part -> thrice(scope, part, w)).get(0));
      Operand<TFloat32> loss = scope.tf().math.mean(y, scope.ints(0, 1));
      Gradients.ofTrained(scope, loss, scope.parameters());
      GraphDef before = graph.toGraphDef();
      assertThat(before.getNodeList())
          .anyMatch(node -> node.getOp().equals("AddN") && node.getInputCount() > 2);
      Map<String, Integer> sums = new TreeMap<>();
      for (NodeDef node : Placing.of(before, spread).getNodeList()) {
        if (node.getOp().equals("AddN")) {
          assertThat(node.getAttrOrThrow("N").getI()).isEqualTo(2);
          assertThat(node.getInputList()).hasSize(2);
          sums.merge(node.getDevice(), 1, Integer::sum);
        }
      }
      assertThat(sums.get("/device:CPU:1")).isEqualTo(sums.get("/device:CPU:2"));
      assertThat(sums.get("/device:CPU:0"))
          .isEqualTo(sums.get("/device:CPU:1") + 2 + 2); // of the rehearsal, and of all devices
    }
  }

  private static List<Operand<? extends TType>> thrice(
      GraphScope scope, List<Operand<? extends TType>> part, Parameter<TFloat32> w) {
    Operand<TFloat32> y = floats(product(scope, part, w).get(0));
    return List.of(
        scope
            .tf()
            .math
            .addN(
                List.of(
                    scope.tf().math.square(y), scope.tf().math.sin(y), scope.tf().math.exp(y))));
  }

  private static List<Operand<? extends TType>> product(
      GraphScope scope, List<Operand<? extends TType>> part, Parameter<TFloat32> w) {
    return List.of(scope.tf().linalg.matMul(floats(part.get(0)), w.value()));
  }

  @SuppressWarnings("unchecked") // all are floats
  private static Operand<TFloat32> floats(Operand<? extends TType> x) {
    return (Operand<TFloat32>) x;
  }
}
