package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Value;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Layers in a graph that leaves parts of them to TensorFlow's compiler. */
class CompiledLayersTest {
  private static final Arithmetic CARD = new Arithmetic(false, false);

  /** Builds [2, 5, 16] from as many. */
  @FunctionalInterface
  interface Layer {
    Operand<TFloat32> apply(GraphScope scope, Operand<TFloat32> x);
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        layer("gelu", (s, x) -> Gelu.apply(s.tf(), x)),
        layer("layer norm", (s, x) -> new LayerNorm(s.sub("norm"), 16, 1e-6).apply(x)),
        layer(
            "two after each other, of other shapes",
            (s, x) -> {
              Operand<TFloat32> y = new LayerNorm(s.sub("norm1"), 16, 1e-6).apply(x);
              Operand<TFloat32> flat = s.tf().reshape(y, s.ints(20, 8));
              Operand<TFloat32> z = new LayerNorm(s.sub("norm2"), 8, 1e-3).apply(flat);
              return s.tf().reshape(Gelu.apply(s.tf(), z), s.ints(2, 5, 16));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void valueAndGradientsAreThoseOfTheSameOperations(String name, Layer layer) {
    try (Trained plain = new Trained(layer, CARD);
        Trained compiled = new Trained(layer, Arithmetic.FLOAT32)) {
      assumeThat(compiled.calls()).as("TensorFlow compiles here").isTrue();
      assertThat(plain.calls()).isFalse();
      List<float[]> expected = plain.results();
      List<float[]> found = compiled.results();
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i)).hasSameSizeAs(expected.get(i));
        assertThat(found.get(i)).containsExactly(expected.get(i), within(2e-5f));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void bitsAreTheSameInEverySession(String name, Layer layer) {
    try (Trained one = new Trained(layer, Arithmetic.FLOAT32);
        Trained other = new Trained(layer, Arithmetic.FLOAT32)) {
      List<float[]> a = one.results();
      List<float[]> b = other.results();
      for (int i = 0; i < a.size(); i++) {
        assertThat(b.get(i)).isEqualTo(a.get(i));
      }
    }
  }

  @Test
  void shapesStayKnown() {
    try (Graph graph = new Graph()) {
      GraphScope root = new GraphBuilder(graph, 1, "test", Arithmetic.FLOAT32).root();
      Operand<TFloat32> x = normal(root.tf(), 2, 5, 16);
      assertThat(Gelu.apply(root.tf(), x).shape()).isEqualTo(x.shape());
      assertThat(new LayerNorm(root.sub("norm"), 16, 1e-6).apply(x).shape()).isEqualTo(x.shape());
    }
  }

  private static Operand<TFloat32> normal(Ops tf, long... shape) {
    return tf.random.statelessRandomNormal(tf.constant(shape), tf.constant(new long[] {3, 1}));
  }

  private static Arguments layer(String name, Layer layer) {
    return Arguments.of(name, layer);
  }

  /** A layer with its gradients. */
  private static final class Trained implements AutoCloseable {
    private final Graph graph = new Graph();
    private final GraphBuilder builder;
    private final List<Operand<TFloat32>> wanted = new ArrayList<>();

    Trained(Layer layer, Arithmetic arithmetic) {
      builder = new GraphBuilder(graph, 7, "test", arithmetic);
      GraphScope root = builder.root();
      Ops tf = root.tf();
      Operand<TFloat32> x =
          root.sub("x")
              .weight(
                  "value", juxta.api.Layout.PLAIN, (t, shape, seed) -> normal(t, shape), 2, 5, 16)
              .value();
      Operand<TFloat32> y = layer.apply(root, x);
      Operand<TFloat32> loss =
          tf.reduceSum(
              tf.math.mul(tf.math.square(y), normal(tf, 2, 5, 16)),
              tf.constant(new int[] {0, 1, 2}));
      wanted.add(y);
      wanted.addAll(Gradients.ofTrained(root, loss, builder.parameters()).values());
    }

    boolean calls() {
      boolean[] any = new boolean[1];
      graph.operations().forEachRemaining(op -> any[0] |= op.type().equals("PartitionedCall"));
      return any[0];
    }

    List<float[]> results() {
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        List<Value> values = session.values(Map.of(), wanted, List.of());
        return Arrays.asList(values.stream().map(Tensors::floats).toArray(float[][]::new));
      }
    }

    @Override
    public void close() {
      graph.close();
    }
  }
}
