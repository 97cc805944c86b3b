package juxta.toolkit.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import juxta.api.GraphScope;
import juxta.api.UserException;
import juxta.toolkit.Conformance;
import juxta.toolkit.graph.GradientCheck;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ContrastTest {
  @Test
  void ntXentConforms() {
    conforms(
        "ntxent",
        List.of("z0", "z1"),
        2,
        (scope, in) -> {
          Operand<TFloat32> z = scope.tf().concat(in, scope.tf().constant(0));
          Operand<TFloat32> logits =
              scope.tf().math.mul(Similarity.cosine(scope, z, z), scope.constant(2));
          return SoftCrossEntropy.apply(
              scope,
              SoftCrossEntropy.without(scope, logits, Targets.excludeSelf(scope, 16)),
              Targets.otherView(scope, 8));
        });
  }

  @Test
  void mocoConforms() {
    conforms(
        "moco_queue",
        List.of("q", "k", "queue"),
        1,
        (scope, in) -> {
          var tf = scope.tf();
          Operand<TFloat32> own =
              tf.expandDims(Similarity.paired(scope, in.get(0), in.get(1)), tf.constant(1));
          Operand<TFloat32> others = Similarity.cosine(scope, in.get(0), in.get(2));
          Operand<TFloat32> logits =
              tf.math.mul(tf.concat(List.of(own, others), tf.constant(1)), tf.constant(5f));
          return SoftCrossEntropy.apply(scope, logits, Targets.first(scope, 5, 13));
        });
  }

  @Test
  void softTargetsConform() {
    conforms(
        "soft_target_contrastive",
        List.of("q", "k", "targets"),
        1,
        (scope, in) ->
            SoftCrossEntropy.apply(
                scope,
                scope
                    .tf()
                    .math
                    .mul(Similarity.cosine(scope, in.get(0), in.get(1)), scope.constant(5)),
                in.get(2)));
  }

  /** Checks the loss, and the gradients with respect to the first inputs. */
  private static void conforms(
      String name,
      List<String> inputs,
      int differentiated,
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> loss) {
    JsonNode file = Conformance.read(name);
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      List<Operand<TFloat32>> in = new ArrayList<>();
      for (String input : inputs) {
        JsonNode node = file.at("/inputs/" + input);
        in.add(
            root.tf()
                .reshape(
                    root.tf().constant(Conformance.floats(node)),
                    root.ints(node.size(), node.get(0).size())));
      }
      Operand<TFloat32> value = loss.apply(root, in);
      List<Operand<TFloat32>> gradients = Gradients.of(root, value, in.subList(0, differentiated));
      try (GraphSession session = new GraphSession(builder)) {
        assertThat((double) session.floats(value)[0])
            .isCloseTo(file.at("/expected/loss").asDouble(), within(1e-5));
        for (int i = 0; i < differentiated; i++) {
          float[] found = session.floats(gradients.get(i));
          double[] expected = Conformance.numbers(file.at("/expected/grad_" + inputs.get(i)));
          for (int j = 0; j < expected.length; j++) {
            assertThat((double) found[j]).isCloseTo(expected[j], within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void cosinesOfZerosHaveFiniteGradients() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      Operand<TFloat32> zeros = root.tf().constant(new float[2][3]);
      Operand<TFloat32> cosines = Similarity.cosine(root, zeros, zeros);
      Operand<TFloat32> gradient =
          Gradients.of(root, root.tf().reduceSum(cosines, root.ints(0, 1)), List.of(zeros)).get(0);
      try (GraphSession session = new GraphSession(builder)) {
        assertThat(session.floats(cosines)).containsOnly(0);
        assertThat(session.floats(gradient)).containsOnly(0);
      }
    }
  }

  @Test
  void cosinesHaveTheRightGradients() {
    assertThat(
            GradientCheck.run(
                1,
                List.of(new long[] {3, 4}, new long[] {5, 4}),
                (scope, in) ->
                    scope
                        .tf()
                        .reduceSum(
                            scope.tf().math.exp(Similarity.cosine(scope, in.get(0), in.get(1))),
                            scope.ints(0, 1))))
        .allSatisfy(f -> assertThat(f.error()).isLessThan(1e-3));
  }

  @Test
  void identityTargets() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      Operand<TFloat32> square = Targets.identity(root, 2);
      Operand<TFloat32> wide = Targets.identity(root, 2, 3);
      Operand<TFloat32> views = Targets.otherView(root, 2);
      try (GraphSession session = new GraphSession(builder)) {
        assertThat(session.floats(square)).containsExactly(1, 0, 0, 1);
        assertThat(session.floats(wide)).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(session.floats(views))
            .containsExactly(0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0);
      }
    }
  }

  @Test
  void queueForgetsTheOldestFirstAndHidesTheCurrentKeys() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      Queue queue = new Queue(root.sub("queue"), 6, 2, 2);
      Placeholder<TFloat32> keys =
          root.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, 2)));
      Operand<TFloat32> seen = root.tf().math.mul(queue.rows(), root.constant(1));
      queue.enqueue(keys);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        float[] expected = session.floats(seen);
        for (int i = 0; i < 6; i++) {
          assertThat(Math.hypot(expected[2 * i], expected[2 * i + 1])).isCloseTo(1, within(1e-5));
        }
        for (int step = 0; step < 8; step++) {
          float[] fed = {step, step + .25f, step + .5f, step + .75f};
          try (Tensor tensor = Tensors.of(new long[] {2, 2}, fed)) {
            float[] found =
                Tensors.floats(
                    session.values(Map.of(keys, tensor), List.of(seen), builder.updates()).get(0));
            assertThat(found).containsExactly(expected);
          }
          System.arraycopy(fed, 0, expected, 4 * (step % 3), 4);
        }
        assertThat(Tensors.floats(session.read(List.of("queue.rows")).get("queue.rows")))
            .containsExactly(expected);
        assertThat(session.read(List.of("queue.pointer")).get("queue.pointer").number())
            .isEqualTo(4);
      }
    }
  }

  @Test
  void queueMustBeAMultipleOfTheBatch() {
    try (Graph graph = new Graph()) {
      GraphScope root = new GraphBuilder(graph, 1, "train").root();
      assertThatThrownBy(() -> new Queue(root, 100, 2, 32))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("96");
    }
  }
}
