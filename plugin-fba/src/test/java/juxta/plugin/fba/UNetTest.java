package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class UNetTest {
  private static final int CLASSES = 4;

  private static Features features(GraphScope scope, int n, int side, int width, Pass pass) {
    Settings settings = Settings.of(Map.of("width", Integer.toString(width)));
    Network encoder =
        new UNet().create(scope.sub("encoder"), new long[] {side, side, 1, 1}, settings);
    assertThat(encoder.width()).isEqualTo(16 * width);
    Ops tf = scope.tf();
    Operand<TFloat32> x = // anything that differs from pixel to pixel
        tf.math.sin(
            tf.reshape(
                tf.range(scope.constant(0), scope.constant(n * side * side), scope.constant(1)),
                scope.ints(n, side, side, 1, 1)));
    return encoder.apply(x, pass);
  }

  /** Logits of so many decoders. */
  private static List<Operand<TFloat32>> logits(
      GraphScope scope, int decoders, int side, int width, Pass pass) {
    Features features = features(scope, 4, side, width, pass);
    List<Operand<TFloat32>> logits = new ArrayList<>();
    for (int d = 0; d < decoders; d++) {
      logits.add(
          PlanarDecoder.of(scope.sub("decoder" + d), d, width, CLASSES)
              .apply(features, pass)
              .logits());
    }
    return logits;
  }

  @Test
  void parametersAreAsManyAsByHand() {
    // a block from a to b channels has 9 b (a + b) weights, 2 b biases and 4 b of normalisation:
    // 2,544 + 14,016 + 55,680 + 221,952 + 886,272 for 1-16-32-64-128-256
    assertThat(Trials.trained(scope -> features(scope, 1, 16, 16, Pass.INFERENCE)))
        .isEqualTo(1_180_464);
    // a decoder: blocks from 2c to c, 443,136 + 110,976 + 27,840 + 7,008 for c = 128 to 16;
    // 1 x 1 convolutions 2 c c + c, 32,896 + 8,256 + 2,080 + 528;
    // the last one 9 16 4 + 4 = 580: together 633,300
    assertThat(Trials.trained(scope -> logits(scope, 1, 16, 16, Pass.INFERENCE)))
        .isEqualTo(1_180_464 + 633_300);
    // the third has transposed convolutions, 8 c c + c, 131,200 + 32,832 + 8,224 + 2,064
    assertThat(Trials.trained(scope -> logits(scope, 3, 16, 16, Pass.INFERENCE)))
        .isEqualTo(1_180_464 + 2 * 633_300 + 763_860);
  }

  @Test
  void shapesHalveWithEachLevel() {
    Trials.trained(
        scope -> {
          Features features = features(scope, 2, 256, 16, Pass.TRAINING);
          for (int l = 0; l < UNet.LEVELS; l++) {
            assertThat(features.map("level" + (l + 1)).shape().asArray())
                .containsExactly(2, 256 >> l, 256 >> l, 16 << l);
          }
          assertThat(features.embedding().shape().asArray()).containsExactly(2, 256);
          for (int d = 0; d < 3; d++) {
            assertThat(
                    PlanarDecoder.of(scope.sub("decoder" + d), d, 16, CLASSES)
                        .apply(features, Pass.TRAINING)
                        .logits()
                        .shape()
                        .asArray())
                .containsExactly(2, 256, 256, 1, CLASSES);
          }
          return features;
        });
  }

  @ParameterizedTest
  @CsvSource({"32, 32, 16", "32, 40, 1", "24, 32, 1"})
  void otherPatchesAreRefused(long x, long y, long z) {
    assertThatThrownBy(
            () ->
                Trials.trained(
                    scope -> new UNet().create(scope, new long[] {x, y, z, 1}, Settings.DEFAULTS)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(x + " x " + y + " x " + z)
        .hasMessageContaining("multiples of 16");
  }

  @Test
  void dropoutIsOnInTrainingOnly() {
    assertThat(embedding(Pass.TRAINING)).isNotEqualTo(embedding(Pass.TARGET));
    assertThat(embedding(Pass.INFERENCE)).isEqualTo(embedding(Pass.INFERENCE));
  }

  private static float[] embedding(Pass pass) {
    return Graphs.floats(scope -> features(scope, 4, 16, 2, pass).embedding());
  }

  @Test
  void everyWeightLearns() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope scope = builder.root();
      Ops tf = scope.tf();
      List<Operand<TFloat32>> squares =
          logits(scope, 3, 32, 2, Pass.TRAINING).stream()
              .<Operand<TFloat32>>map(
                  o -> tf.math.mean(tf.math.square(o), scope.ints(0, 1, 2, 3, 4)))
              .toList();
      Map<Parameter<TFloat32>, Operand<TFloat32>> gradients =
          Gradients.ofTrained(scope, tf.math.addN(squares), builder.parameters());
      List<String> names = new ArrayList<>();
      List<Operand<TFloat32>> sums = new ArrayList<>();
      // summed for a single fetch, since TensorFlow plans the graph anew for each set of fetches
      gradients.forEach(
          (parameter, gradient) -> {
            names.add(parameter.name());
            sums.add(
                tf.reduceSum(tf.math.abs(tf.reshape(gradient, scope.ints(-1))), scope.ints(0)));
          });
      // 5 blocks of 8, 3 decoders with 4 blocks of 8, 4 enlargements of 2, and the last of 2
      assertThat(names).hasSize(40 + 3 * (32 + 8 + 2));
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        float[] found = session.floats(tf.stack(sums));
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).as(names.get(i)).isFinite();
          // normalisation takes away what the bias of a convolution before it adds
          if (names.get(i).endsWith("weight")) {
            assertThat(found[i]).as(names.get(i)).isPositive();
          }
        }
      }
    }
  }
}
