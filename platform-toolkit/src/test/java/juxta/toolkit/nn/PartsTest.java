package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Value;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Parts;
import juxta.toolkit.graph.Spread;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** What several devices make of a batch is what one makes of it. */
class PartsTest {
  private static final double ROUNDING = 1e-5;

  /** Something built on a batch of so many records of 4 x 4 x 3. */
  private interface Built {
    List<Operand<? extends TType>> on(GraphScope scope, Operand<TFloat32> batch);
  }

  private static Optional<Spread> spread(int devices, boolean whole) {
    return devices == 1
        ? Optional.empty()
        : Optional.of(
            new Spread(
                IntStream.range(0, devices).mapToObj(i -> "/device:CPU:" + i).toList(), whole));
  }

  /** What is built makes of a batch, and the parameters after its updates. */
  private static Map<String, float[]> run(int devices, boolean whole, int records, Built built) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder =
          new GraphBuilder(graph, 1, "train", Arithmetic.FLOAT32, spread(devices, whole));
      GraphScope root = builder.root();
      float[] pixels = new float[records * 48];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) Math.sin(i * i) * (1 + i % 3);
      }
      Operand<TFloat32> batch =
          root.tf().reshape(root.tf().constant(pixels), root.ints(records, 4, 4, 3));
      List<Operand<? extends TType>> made = built.on(root, batch);
      ConfigProto config =
          ConfigProto.newBuilder().putDeviceCount("GPU", 0).putDeviceCount("CPU", devices).build();
      try (GraphSession session = new GraphSession(builder, config)) {
        session.initialize();
        Map<String, float[]> all = new LinkedHashMap<>();
        List<Value> values = session.values(Map.of(), made, builder.updates());
        for (int i = 0; i < made.size(); i++) {
          all.put("output " + i, Tensors.floats(values.get(i)));
        }
        session
            .read(builder.parameters().stream().map(Parameter::name).toList())
            .forEach((name, value) -> all.put(name, Tensors.floats(value)));
        return all;
      }
    }
  }

  private static void alike(Map<String, float[]> one, Map<String, float[]> other) {
    assertThat(other).containsOnlyKeys(one.keySet());
    one.forEach(
        (name, values) ->
            assertThat(other.get(name)).as(name).containsExactly(values, within((float) ROUNDING)));
  }

  private static List<Operand<? extends TType>> applied(
      GraphScope scope,
      Operand<TFloat32> batch,
      java.util.function.UnaryOperator<Operand<TFloat32>> body) {
    return Parts.apply(scope, List.of(batch), part -> List.of(body.apply(floats(part.get(0)))));
  }

  @SuppressWarnings("unchecked") // all of these tests are about floats
  private static Operand<TFloat32> floats(Operand<? extends TType> x) {
    return (Operand<TFloat32>) x;
  }

  /** Two layers, dropout of both kinds and a loss; its gradients as outputs. */
  private static List<Operand<? extends TType>> network(GraphScope scope, Operand<TFloat32> batch) {
    Conv2d conv = new Conv2d(scope.sub("conv"), 3, 5, 3, 1);
    BatchNorm first = new BatchNorm(scope.sub("first"), 5);
    BatchNorm second = new BatchNorm(scope.sub("second"), 5, true, 0.5);
    Dropout dropout = new Dropout(scope.sub("dropout"), 0.3);
    StochasticDepth depth = new StochasticDepth(scope.sub("depth"), 0.4);
    java.util.function.UnaryOperator<Operand<TFloat32>> body =
        x -> {
          Operand<TFloat32> y = first.apply(conv.apply(x), Pass.TRAINING);
          y = depth.apply(dropout.apply(scope.tf().nn.relu(y), Pass.TRAINING), Pass.TRAINING);
          return second.apply(scope.tf().math.mean(y, scope.ints(1, 2)), Pass.TRAINING);
        };
    Operand<TFloat32> once = floats(applied(scope, batch, body).get(0));
    Operand<TFloat32> again = floats(applied(scope, batch, body).get(0)); // statistics move on
    Operand<TFloat32> loss =
        scope
            .tf()
            .math
            .mean(scope.tf().math.mul(once, scope.tf().math.tanh(again)), scope.ints(0, 1));
    List<Operand<? extends TType>> outputs = new ArrayList<>(List.of(once, again, loss));
    outputs.addAll(Gradients.ofTrained(scope, loss, scope.parameters()).values());
    return outputs;
  }

  @Test
  void statisticsDrawsAndGradientsAreThoseOfTheWholeBatch() {
    Map<String, float[]> one = run(1, true, 7, PartsTest::network);
    alike(one, run(2, true, 7, PartsTest::network));
    alike(one, run(3, true, 7, PartsTest::network));
  }

  /** The running statistics are those of the batch all the same. */
  @Test
  void statisticsMayBeOfThePart() {
    Built norm =
        (scope, batch) -> {
          BatchNorm layer = new BatchNorm(scope.sub("norm"), 3);
          return applied(scope, batch, x -> layer.apply(x, Pass.TRAINING));
        };
    Map<String, float[]> one = run(1, true, 6, norm);
    Map<String, float[]> parts = run(2, false, 6, norm);
    assertThat(parts.get("norm.running_mean"))
        .containsExactly(one.get("norm.running_mean"), within((float) ROUNDING));
    assertThat(parts.get("norm.running_var"))
        .containsExactly(one.get("norm.running_var"), within((float) ROUNDING));
    float[] y = parts.get("output 0");
    for (int part = 0; part < 2; part++) {
      double sum = 0;
      for (int i = part * 144; i < (part + 1) * 144; i += 3) {
        sum += y[i];
      }
      assertThat(sum / 48).isCloseTo(0, within(ROUNDING)); // each has a mean of its own
    }
    assertThat(y).isNotEqualTo(one.get("output 0"));
  }

  /** GraSS asks for it: what the loss is made of is the parts, not what was joined from them. */
  @Test
  void theGradientOfAJoinedTensorIsThatOfItsParts() {
    Built map =
        (scope, batch) -> {
          List<Operand<? extends TType>> made =
              Parts.apply(
                  scope,
                  List.of(batch),
                  part -> {
                    Operand<TFloat32> y = scope.tf().math.square(floats(part.get(0)));
                    return List.of(y, scope.tf().math.mean(y, scope.ints(1, 2)));
                  });
          Operand<TFloat32> loss =
              scope.tf().math.mean(scope.tf().math.square(floats(made.get(1))), scope.ints(0, 1));
          return List.of(Gradients.of(scope, loss, List.of(floats(made.get(0)))).get(0));
        };
    Map<String, float[]> one = run(1, true, 5, map);
    assertThat(one.get("output 0")).isNotEqualTo(new float[5 * 48]);
    alike(one, run(2, true, 5, map));
    alike(one, run(9, true, 5, map)); // more devices than records
  }

  /** A layer that nobody has thought of: it draws, and it remembers. */
  @Test
  void aStrangersLayerDrawsAndRemembersAsOnOneDevice() {
    Built stranger =
        (scope, batch) -> {
          Parameter<TFloat32> seen = scope.state("seen", TFloat32.class, Initializers.zeros(), 3);
          return applied(
              scope,
              batch,
              x -> {
                var tf = scope.tf();
                var shape = tf.shape(x);
                Operand<TFloat32> noise = // [2, B, 1, 1, 1]: the records are its second axis
                    tf.random.statelessRandomNormal(
                        tf.stack(
                            List.of(
                                tf.constant(2),
                                tf.gather(shape, tf.constant(0), tf.constant(0)),
                                tf.constant(1),
                                tf.constant(1),
                                tf.constant(1))),
                        scope.seed("noise"));
                Operand<TFloat32> all = // one for all records
                    tf.random.statelessRandomUniform(scope.ints(3), scope.seed("all"));
                scope.assign(seen, tf.sum(x, scope.ints(0, 1, 2)));
                return tf.math.add(
                    tf.math.mul(x, all), tf.gather(noise, tf.constant(1), tf.constant(0)));
              });
        };
    Map<String, float[]> one = run(1, true, 5, stranger);
    alike(one, run(2, true, 5, stranger));
    assertThat(one.get("seen")).doesNotContain(0f);
  }

  @Test
  void partsThatAreTreatedDifferentlyAreRefused() {
    Built odd =
        (scope, batch) ->
            applied(
                scope,
                batch,
                x ->
                    x.shape().get(0) == 2
                        ? x
                        : new BatchNorm(scope.sub("n" + x.shape().get(0)), 3)
                            .apply(x, Pass.TRAINING));
    assertThatThrownBy(() -> run(2, true, 5, odd))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not treated alike");
    Built failing =
        (scope, batch) ->
            applied(
                scope,
                batch,
                x -> {
                  if (x.shape().get(0) == 2) {
                    throw new UnsupportedOperationException("two");
                  }
                  return x;
                });
    assertThatThrownBy(() -> run(2, true, 5, failing)).hasMessage("two");
  }
}
