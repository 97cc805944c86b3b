package juxta.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.api.Value;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class GraphBuilderTest {
  private static final Initializer<TFloat32> NORMAL =
      (tf, shape, seed) -> tf.random.statelessRandomNormal(tf.constant(shape), seed);

  @Test
  void averageStartsEqualAndFollowsByItsRule() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      Parameter<TFloat32> online = root.sub("online").weight("w", Layout.PLAIN, NORMAL, 3);
      Parameter<TFloat32> copy =
          root.sub("copy")
              .averageOf(root.sub("online"), root.scalar("m"))
              .weight("w", Layout.PLAIN, NORMAL, 3);
      assertThat(copy.trained()).isFalse();
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        float[] start = read(session, "online.w");
        assertThat(read(session, "copy.w")).containsExactly(start);
        session.write("online.w", Tensors.floats(new long[] {3}, 10, 20, 30));
        session.scalar("m", 1);
        session.values(Map.of(), List.of(copy.value()), builder.updates());
        assertThat(read(session, "copy.w")).containsExactly(start);
        session.scalar("m", 0.75);
        float[] seen =
            Tensors.floats(
                session.values(Map.of(), List.of(copy.value()), builder.updates()).get(0));
        assertThat(seen[1]).isCloseTo(0.75f * start[1] + 0.25f * 20, within(1e-5f));
        assertThat(read(session, "copy.w")).containsExactly(seen);
        session.scalar("m", 0);
        session.values(Map.of(), List.of(copy.value()), builder.updates());
        assertThat(read(session, "copy.w")).containsExactly(10, 20, 30);
      }
      assertThat(online.trained()).isTrue();
    }
  }

  @Test
  void manyParametersAreWrittenAtOnce() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      builder.root().weight("a", Layout.PLAIN, NORMAL, 2);
      builder.root().weight("b", Layout.PLAIN, NORMAL, 1 << 24); // 64 MiB: a run ends with it
      builder.root().weight("c", Layout.PLAIN, NORMAL, 1);
      float[] wide = new float[1 << 24];
      wide[5] = 5;
      Map<String, Value> values = new LinkedHashMap<>();
      values.put("a", Tensors.floats(new long[] {2}, 1, 2));
      values.put("b", Tensors.floats(new long[] {1 << 24}, wide));
      values.put("c", Tensors.floats(new long[] {1}, 3));
      try (GraphSession session = new GraphSession(builder)) {
        session.write(Map.of());
        session.write(values);
        assertThat(read(session, "a")).containsExactly(1, 2);
        assertThat(read(session, "b")[5]).isEqualTo(5);
        assertThat(read(session, "c")).containsExactly(3);
      }
    }
  }

  @Test
  void assignmentsAreSeenInTheNextStepOnly() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      Parameter<TFloat32> counter =
          root.state(
              "counter",
              TFloat32.class,
              (tf, s, seed) -> tf.zeros(tf.constant(s), TFloat32.class),
              1);
      Operand<TFloat32> next = root.tf().math.add(counter.value(), root.constant(1));
      root.assign(counter, next);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        for (int step = 0; step < 5; step++) {
          float[] seen =
              Tensors.floats(
                  session.values(Map.of(), List.of(counter.value()), builder.updates()).get(0));
          assertThat(seen).containsExactly(step);
        }
      }
    }
  }

  @Test
  void seedsDifferByPurposeStepAndPhaseAndRepeat() {
    float[] first = draw(7, "a", "x", 3);
    assertThat(draw(7, "a", "x", 3)).containsExactly(first);
    assertThat(draw(8, "a", "x", 3)).isNotEqualTo(first);
    assertThat(draw(7, "b", "x", 3)).isNotEqualTo(first);
    assertThat(draw(7, "a", "y", 3)).isNotEqualTo(first);
    assertThat(draw(7, "a", "x", 4)).isNotEqualTo(first);
  }

  private static float[] draw(long seed, String phase, String purpose, long step) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, phase);
      GraphScope root = builder.root();
      Operand<TFloat32> draw =
          root.tf().random.statelessRandomUniform(root.ints(4), root.seed(purpose));
      try (GraphSession session = new GraphSession(builder)) {
        session.step(step);
        return session.floats(draw);
      }
    }
  }

  @Test
  void aNameIsMadeOnce() {
    try (Graph graph = new Graph()) {
      GraphScope root = new GraphBuilder(graph, 1, "train").root();
      root.weight("w", Layout.PLAIN, NORMAL, 3);
      assertThatThrownBy(() -> root.weight("w", Layout.PLAIN, NORMAL, 3))
          .hasMessageContaining("made twice");
    }
  }

  @Test
  void gradientsLeaveOutWhatTheLossDoesNotReach() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope root = builder.root();
      Parameter<TFloat32> used = root.weight("used", Layout.PLAIN, NORMAL, 3);
      root.weight("unused", Layout.PLAIN, NORMAL, 3);
      Parameter<TFloat32> stopped = root.weight("stopped", Layout.PLAIN, NORMAL, 3);
      Operand<TFloat32> loss =
          root.tf()
              .reduceSum(
                  root.tf().math.mul(used.value(), root.tf().stopGradient(stopped.value())),
                  root.ints(0));
      assertThat(Gradients.ofTrained(root, loss, builder.parameters()).keySet())
          .containsExactly(used);
    }
  }

  @Test
  void gradientsThatTensorFlowLacksAgreeWithFiniteDifferences() {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            3,
            List.of(
                new long[] {2, 4, 5, 3, 2}, new long[] {3, 3, 3, 2, 3}, new long[] {2, 2, 2, 4, 3}),
            (scope, in) -> {
              var tf = scope.tf();
              List<Long> strides = List.of(1L, 2L, 2L, 2L, 1L);
              Operand<TFloat32> y = tf.nn.conv3d(in.get(0), in.get(1), strides, "SAME");
              Operand<TFloat32> z =
                  tf.nn.conv3dBackpropInput(
                      tf.constant(new int[] {2, 4, 6, 4, 4}), in.get(2), y, strides, "SAME");
              return tf.math.mean(tf.math.square(z), scope.ints(0, 1, 2, 3, 4));
            });
    assertThat(findings).hasSize(9).allSatisfy(f -> assertThat(f.error()).isLessThan(1e-3));
  }

  @Test
  void topKAndSparseCrossEntropyAgreeWithFiniteDifferences() {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            5,
            List.of(new long[] {4, 6}),
            (scope, in) -> {
              var tf = scope.tf();
              Operand<TFloat32> top =
                  tf.nn
                      .topK(in.get(0), tf.constant(3), new org.tensorflow.op.nn.TopK.Options[0])
                      .values();
              Operand<TFloat32> ce =
                  tf.nn
                      .sparseSoftmaxCrossEntropyWithLogits(
                          in.get(0), tf.constant(new int[] {0, 5, 2, 2}))
                      .loss();
              Operand<TFloat32> erfc = tf.reduceSum(tf.math.erfc(in.get(0)), scope.ints(0, 1));
              return tf.math.addN(
                  List.of(
                      tf.reduceSum(tf.math.square(top), scope.ints(0, 1)),
                      tf.reduceSum(ce, scope.ints(0)),
                      erfc));
            });
    assertThat(findings).hasSize(3).allSatisfy(f -> assertThat(f.error()).isLessThan(1e-3));
  }

  private static float[] read(GraphSession session, String name) {
    return Tensors.floats(session.read(List.of(name)).get(name));
  }
}
