package juxta.toolkit.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.Conformance;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class OptimizerTest {
  private static final JsonNode CASE = Conformance.read("optimizers");
  private static final double TOLERANCE = 1e-6; // the file asks for 1e-5

  @Test
  void adamW() {
    conforms("adamw", .01, AdamW.of(WeightDecay.of(.05)).betas(.9, .95));
  }

  @Test
  void sgd() {
    conforms("sgd_momentum", .05, Sgd.of(.9).decay(WeightDecay.of(1e-3)));
  }

  @Test
  void nesterov() {
    conforms("sgd_nesterov", .05, Sgd.of(.9).decay(WeightDecay.of(1e-3)).lookingAhead());
  }

  @Test
  void lars() {
    conforms("lars", .3, Lars.larc(WeightDecay.of(1e-4)));
  }

  private static void conforms(String name, double rate, Optimizer optimizer) {
    float[] start = Conformance.floats(CASE.at("/inputs/start"));
    List<float[]> gradients = new ArrayList<>();
    CASE.at("/inputs/gradients").forEach(g -> gradients.add(Conformance.floats(g)));
    List<float[]> found = run(optimizer, rate, new long[] {4, 3}, start, gradients);
    JsonNode expected = CASE.at("/expected/" + name);
    assertThat(found).hasSize(expected.size());
    for (int step = 0; step < found.size(); step++) {
      close(found.get(step), Conformance.numbers(expected.get(step)));
    }
  }

  @Test
  void manySmallStepsOfAdamStayWithDoublePrecision() {
    int steps = 400;
    List<float[]> gradients = new ArrayList<>();
    java.util.Random random = new java.util.Random(4);
    for (int i = 0; i < steps; i++) {
      gradients.add(
          new float[] {(float) random.nextGaussian(), (float) random.nextGaussian() / 50});
    }
    float[] found =
        run(
                Adam.of(WeightDecay.of(.02).everywhere()),
                .003,
                new long[] {2},
                new float[] {1, -2},
                gradients)
            .get(steps - 1);
    double[] w = {1, -2};
    double[] m = new double[2];
    double[] v = new double[2];
    for (int t = 1; t <= steps; t++) {
      for (int i = 0; i < 2; i++) {
        double g = gradients.get(t - 1)[i] + .02 * w[i];
        m[i] = .9 * m[i] + .1 * g;
        v[i] = .999 * v[i] + .001 * g * g;
        w[i] -=
            .003
                * m[i]
                / (1 - Math.pow(.9, t))
                / (Math.sqrt(v[i] / (1 - Math.pow(.999, t))) + 1e-8);
      }
    }
    close(found, w, 2e-5);
  }

  /** Tensors of one axis: neither decayed nor scaled unless asked for. */
  @Test
  void vectorsAreLeftAlone() {
    float[] start = {1, 2};
    List<float[]> gradients = List.of(new float[] {1, -1});
    long[] shape = {2};
    double[] plain = {.9, 2.1};
    close(run(Sgd.of(0).decay(WeightDecay.of(.5)), .1, shape, start, gradients).get(0), plain);
    close(run(Lars.mocoV3(WeightDecay.of(.5)), .1, shape, start, gradients).get(0), plain);
    close(
        run(Sgd.of(0).decay(WeightDecay.of(.5).everywhere()), .1, shape, start, gradients).get(0),
        .9 - .05,
        2.1 - .1);
  }

  /** The first step's length is rate * trust * |w|, however long the gradient is. */
  @Test
  void larsStepDoesNotDependOnTheScaleOfTheGradient() {
    float[] start = {3, 4};
    long[] shape = {1, 2};
    for (float scale : new float[] {1e-3f, 1, 1e3f}) {
      List<float[]> gradients = List.of(new float[] {0, scale});
      close(
          run(Lars.mocoV3(WeightDecay.NONE).trust(.01), 2, shape, start, gradients).get(0),
          3,
          4 - 2 * .01 * 5);
    }
    close(
        run(Lars.mocoV3(WeightDecay.NONE), 2, shape, start, List.of(new float[] {0, 0})).get(0),
        3,
        4);
    close(
        run(Lars.mocoV3(WeightDecay.NONE), 2, shape, new float[2], List.of(new float[] {0, 1}))
            .get(0),
        0,
        -2);
  }

  @Test
  void gradientsAreClippedTogether() {
    close(
        run(Sgd.of(0).clipped(1), 1, new long[] {2}, new float[2], List.of(new float[] {3, -4}))
            .get(0),
        -.6,
        .8);
    close(
        run(Sgd.of(0).clipped(9), 1, new long[] {2}, new float[2], List.of(new float[] {3, -4}))
            .get(0),
        -3,
        4);
  }

  /** Three gradients of length 1: each is halved, where all together would lose more. */
  @Test
  void gradientsAreClippedOneByOne() {
    GroupsGraph.check(
        Sgd.of(.9).clippedEach(.5),
        (slow, others) -> {
          close(slow, 1 - .05);
          close(others[0], 1 - .05);
          close(others[1], 1 - .05);
        });
  }

  @Test
  void groupsHaveRatesAndDecaysOfTheirOwn() {
    GroupsGraph.check(
        Sgd.of(.9)
            .decay(WeightDecay.scheduled().everywhere())
            .groups(
                Group.below("slow").rateTimes(.5).decay(WeightDecay.NONE),
                Group.named(n -> n.startsWith("slow")).constantRate(1)),
        (slow, others) -> {
          close(slow, 1 - .05);
          close(others[0], 1 - 1.2); // slower.w: rate 1, decay .2 of the schedule
          close(others[1], 1 - .12);
          close(others[2], 1); // frozen
        });
  }

  /** A loss of three weights of one element, each of gradient 1, and a frozen one. */
  private static final class GroupsGraph {
    private static void check(Optimizer optimizer, BiConsumer<float[], float[][]> check) {
      try (Graph graph = new Graph()) {
        GraphBuilder builder = new GraphBuilder(graph, 1, "train");
        GraphScope root = builder.root();
        Initializer<TFloat32> ones =
            (tf, shape, seed) -> tf.ones(tf.constant(shape), TFloat32.class);
        List<Operand<TFloat32>> all = new ArrayList<>();
        for (String name : List.of("slow", "slower", "fast")) {
          all.add(root.sub(name).weight("w", Layout.PLAIN, ones, 1).value());
        }
        all.add(root.frozen().sub("frozen").weight("w", Layout.PLAIN, ones, 1).value());
        optimizer.minimize(root, root.tf().reduceSum(root.tf().math.addN(all), root.ints(0)));
        assertThat(root.parameters().stream().map(Parameter::name))
            .contains("optimizer.momentum.fast.w")
            .doesNotContain("optimizer.momentum.frozen.w");
        try (GraphSession session = new GraphSession(builder)) {
          session.initialize();
          session.scalar("learning-rate", .1);
          session.scalar("weight-decay", .2);
          session.values(Map.of(), List.of(), builder.updates());
          check.accept(
              read(session, "slow.w"),
              new float[][] {
                read(session, "slower.w"), read(session, "fast.w"), read(session, "frozen.w")
              });
        }
      }
    }
  }

  /** The step's outputs are computed from the weights before it, and the moments are saved. */
  @Test
  void stoppedAndResumedRunsEndWithTheSameWeights() {
    float[] start = Conformance.floats(CASE.at("/inputs/start"));
    List<float[]> gradients = new ArrayList<>();
    CASE.at("/inputs/gradients").forEach(g -> gradients.add(Conformance.floats(g)));
    Optimizer optimizer = AdamW.of(WeightDecay.of(.05));
    float[] through = run(optimizer, .01, new long[] {4, 3}, start, gradients).get(5);
    try (Trial first = new Trial(optimizer, .01, new long[] {4, 3}, start);
        Trial second = new Trial(optimizer, .01, new long[] {4, 3}, start)) {
      gradients.subList(0, 3).forEach(first::step);
      List<String> names = first.builder.parameters().stream().map(Parameter::name).toList();
      assertThat(names)
          .containsExactlyInAnyOrder(
              "w", "optimizer.step", "optimizer.first-moment.w", "optimizer.second-moment.w");
      first.session.read(names).forEach(second.session::write);
      gradients.subList(3, 6).forEach(second::step);
      assertThat(read(second.session, "w")).containsExactly(through);
    }
  }

  private static List<float[]> run(
      Optimizer optimizer, double rate, long[] shape, float[] start, List<float[]> gradients) {
    try (Trial trial = new Trial(optimizer, rate, shape, start)) {
      List<float[]> weights = new ArrayList<>();
      gradients.forEach(g -> weights.add(trial.step(g)));
      return weights;
    }
  }

  /** Minimises sum(g * w), whose gradient is the g that is fed. */
  private static final class Trial implements AutoCloseable {
    private final Graph graph = new Graph();
    private final GraphBuilder builder = new GraphBuilder(graph, 1, "train");
    private final long[] shape;
    private final Placeholder<TFloat32> g;
    private final Operand<TFloat32> seen;
    private final GraphSession session;

    Trial(Optimizer optimizer, double rate, long[] shape, float[] start) {
      this.shape = shape;
      GraphScope root = builder.root();
      Parameter<TFloat32> w =
          root.weight(
              "w",
              Layout.PLAIN,
              (tf, s, seed) -> tf.reshape(tf.constant(start), tf.constant(s)),
              shape);
      g = root.tf().placeholder(TFloat32.class);
      Operand<TFloat32> product = root.tf().math.mul(g, w.value());
      Operand<TFloat32> loss =
          root.tf()
              .reduceSum(
                  product,
                  root.tf()
                      .range(
                          root.tf().constant(0), root.tf().rank(product), root.tf().constant(1)));
      optimizer.minimize(root, loss);
      seen = root.tf().math.mul(w.value(), root.constant(1));
      session = new GraphSession(builder);
      session.initialize();
      session.scalar("learning-rate", rate);
    }

    float[] step(float[] gradient) {
      float[] before = read(session, "w");
      try (Tensor fed = Tensors.of(shape, gradient)) {
        float[] output =
            Tensors.floats(session.values(Map.of(g, fed), List.of(seen), builder.updates()).get(0));
        assertThat(output).containsExactly(before);
      }
      return read(session, "w");
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static float[] read(GraphSession session, String name) {
    return Tensors.floats(session.read(List.of(name)).get(name));
  }

  private static void close(float[] found, double... expected) {
    close(found, expected, TOLERANCE);
  }

  private static void close(float[] found, double[] expected, double tolerance) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
