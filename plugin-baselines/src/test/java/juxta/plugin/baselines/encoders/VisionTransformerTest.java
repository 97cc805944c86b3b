package juxta.plugin.baselines.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.Conformance;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class VisionTransformerTest {
  private static final Settings SMALL =
      Settings.of(Map.of("width", "24", "depth", "2", "heads", "2"));

  @Test
  void equalsTheReferenceWithImportedWeights() {
    JsonNode json = Conformance.read("vit_forward");
    Map<String, Value> weights = Safetensors.read(Conformance.path("vit_small.safetensors"));
    float[] images = Conformance.floats(json.at("/inputs/images"));
    long count = images.length / (3 * 32 * 32);
    float[] cls =
        Loaded.embed(
            new VitMini(),
            Settings.of(Map.of("width", "48", "depth", "3", "heads", "3", "patch", "4")),
            parameter -> {
              assertThat(weights).containsKey(parameter.name());
              return Tensors.floats(weights.get(parameter.name()));
            },
            new long[] {count, 32, 32, 3},
            Loaded.permuted(images, new long[] {count, 3, 32, 32}, 0, 2, 3, 1));
    float[] expected = Conformance.floats(json.at("/expected/cls"));
    assertThat(cls).hasSameSizeAs(expected);
    assertThat(cls).containsExactly(expected, within(json.get("tolerance").floatValue()));
  }

  @Test
  void theyHaveAsManyWeightsAsTimm() {
    // timm's counts of vit_tiny, vit_small and vit_base_patch16_224 with num_classes=0; heads
    // change nothing
    assertThat(weights(new VitTiny())).isEqualTo(5_524_416);
    assertThat(weights(new VitSmall())).isEqualTo(21_665_664);
    assertThat(weights(new VitBase())).isEqualTo(85_798_656);
  }

  @Test
  void otherImageSizesInterpolatePositionsWithGradients() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      GraphScope root = builder.root();
      Network network = new VitMini().create(root, new long[] {16, 16, 3}, SMALL);
      Features features = network.apply(images(root, 5, 24, 12), Pass.TRAINING);
      Operand<TFloat32> loss =
          root.tf().math.mean(root.tf().math.square(features.embedding()), root.ints(0, 1));
      Parameter<TFloat32> positions =
          Gradients.ofTrained(root, loss, builder.parameters()).keySet().stream()
              .filter(p -> p.name().equals("pos_embed"))
              .findFirst()
              .orElseThrow();
      Operand<TFloat32> gradient =
          Gradients.ofTrained(root, loss, List.of(positions)).get(positions);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        List<Value> values =
            session.values(
                Map.of(),
                List.of(
                    features.embedding(),
                    features.map(Features.TOKENS),
                    features.map(Features.FEATURE_MAP),
                    gradient),
                List.of());
        assertThat(values.get(0).shape()).containsExactly(5L, 24L);
        assertThat(values.get(1).shape()).containsExactly(5L, 19L, 24L);
        assertThat(values.get(2).shape()).containsExactly(5L, 6L, 3L, 24L);
        assertThat(Tensors.floats(values.get(3))).hasSize(17 * 24).doesNotContain(0f, Float.NaN);
      }
    }
  }

  @Test
  void stochasticDepthIsOffForTargetsAndInference() {
    Settings settings =
        Settings.of(Map.of("width", "24", "depth", "3", "heads", "2", "drop-path", "0.9"));
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      GraphScope root = builder.root();
      Operand<TFloat32> x = images(root, 2, 16, 16);
      Network network = new VitMini().create(root, new long[] {16, 16, 3}, settings);
      Operand<TFloat32> training = network.apply(x, Pass.TRAINING).embedding();
      Operand<TFloat32> target = network.apply(x, Pass.TARGET).embedding();
      Operand<TFloat32> inference = network.apply(x, Pass.INFERENCE).embedding();
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        float[] expected = session.floats(inference);
        assertThat(session.floats(training)).isNotEqualTo(expected);
        assertThat(session.floats(target)).containsExactly(expected, within(1e-5f));
      }
    }
  }

  @Test
  void mistakesAreExplained() {
    try (Graph graph = new Graph()) {
      GraphScope root = new GraphBuilder(graph, 1, "test").root();
      assertThatThrownBy(
              () -> new VitSmall().create(root, new long[] {30, 32, 3}, Settings.DEFAULTS))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("height of 30");
      assertThatThrownBy(
              () ->
                  new VitMini()
                      .create(root, new long[] {32, 32, 3}, Settings.of(Map.of("heads", "5"))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no multiple of heads 5");
    }
  }

  private static Operand<TFloat32> images(GraphScope scope, long... size) {
    var tf = scope.tf();
    return tf.random.statelessRandomUniform(
        tf.constant(new long[] {size[0], size[1], size[2], 3}), tf.constant(new long[] {1, 2}));
  }

  private static long weights(Encoder encoder) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      encoder.create(builder.root(), new long[] {224, 224, 3}, Settings.DEFAULTS);
      return builder.parameters().stream().mapToLong(Parameter::elements).sum();
    }
  }

  /** MoCo v3, vits.py: sines and cosines of the row, then of the column. */
  @Test
  void positionsMayBeFixedWaves() {
    float[] table = Waves.of(2, 3, 8);
    assertThat(table).hasSize(7 * 8);
    assertThat(java.util.Arrays.copyOf(table, 8)).containsOnly(0); // the class token
    float[] last = java.util.Arrays.copyOfRange(table, 6 * 8, 7 * 8); // row 1, column 2
    double[] expected = {
      Math.sin(1), Math.sin(0.01), Math.cos(1), Math.cos(0.01),
      Math.sin(2), Math.sin(0.02), Math.cos(2), Math.cos(0.02)
    };
    for (int i = 0; i < 8; i++) {
      assertThat((double) last[i]).isCloseTo(expected[i], within(1e-6));
    }
    try (org.tensorflow.Graph graph = new org.tensorflow.Graph()) {
      var builder = new juxta.toolkit.graph.GraphBuilder(graph, 1, "train");
      Settings fixed =
          Settings.of(Map.of("width", "24", "depth", "1", "heads", "2", "position", "sincos"));
      new VitMini().create(builder.root(), new long[] {32, 32, 3}, fixed);
      assertThat(builder.parameters())
          .filteredOn(p -> p.name().equals("pos_embed"))
          .singleElement()
          .satisfies(p -> assertThat(p.trained()).isFalse());
    }
  }
}
