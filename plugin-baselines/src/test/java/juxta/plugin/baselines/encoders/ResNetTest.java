package juxta.plugin.baselines.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Value;
import juxta.testkit.Conformance;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ResNetTest {
  @Test
  void resnet18EqualsTorchvision() {
    agrees(new ResNet18(), "resnet18_forward");
  }

  @Test
  void resnet50EqualsTorchvision() {
    agrees(new ResNet50(), "resnet50_forward");
  }

  @Test
  void theyHaveAsManyWeightsAsTorchvision() {
    assertThat(weights(new ResNet18(), Map.of())).isEqualTo(11_176_512);
    assertThat(weights(new ResNet34(), Map.of())).isEqualTo(21_284_672);
    assertThat(weights(new ResNet50(), Map.of())).isEqualTo(23_508_032);
  }

  @Test
  void imagesMayHaveAnySizeAlsoOneThatIsKnownAtRunTimeOnly() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Placeholder<TFloat32> input =
          builder
              .root()
              .tf()
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 1)));
      Network network =
          new ResNetSmall()
              .create(builder.root(), new long[] {32, 32, 1}, Settings.of(Map.of("width", "4")));
      Features features = network.apply(input, Pass.TRAINING);
      assertThat(network.width()).isEqualTo(32);
      try (GraphSession session = new GraphSession(builder);
          Tensor fed = Tensors.of(new long[] {2, 17, 40, 1}, new float[2 * 17 * 40])) {
        session.initialize();
        List<Value> values =
            session.values(
                Map.of(input, fed),
                List.of(features.embedding(), features.map(Features.FEATURE_MAP)),
                builder.updates());
        assertThat(values.get(0).shape()).containsExactly(2L, 32L);
        assertThat(values.get(1).shape()).containsExactly(2L, 3L, 5L, 32L);
      }
    }
  }

  /** The last map is four times as coarse as the early one, whatever the stem. */
  @Test
  void denseMapsAreFiner() {
    assertThat(maps(new ResNet18(), "imagenet")).isEqualTo(List.of(4L, 16L, 2L));
    assertThat(maps(new ResNet50(), "imagenet")).isEqualTo(List.of(4L, 16L, 2L));
    assertThat(maps(new ResNet18(), "cifar")).isEqualTo(List.of(8L, 32L, 8L));
  }

  /** Sides of the dense and the early map of 64 pixels, and of the usual map. */
  private static List<Long> maps(Encoder encoder, String stem) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      var tf = builder.root().tf();
      var input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 64, 64, 3)));
      Network network =
          encoder.create(
              builder.root(),
              new long[] {64, 64, 3},
              Settings.of(Map.of("width", "4", "stem", stem)));
      Features dense = network.dense(input, Pass.INFERENCE);
      return List.of(
          dense.map(Features.FEATURE_MAP).shape().get(1),
          dense.map(Features.LOW_LEVEL).shape().get(1),
          network.apply(input, Pass.INFERENCE).map(Features.FEATURE_MAP).shape().get(1));
    }
  }

  /**
   * Spread kernels see what those behind a stride saw: where the strided network has a place, the
   * finer map of the same weights is the same, away from the borders.
   */
  @Test
  void everySecondPlaceOfTheDenseMapIsThatOfTheUsualOne() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      var tf = builder.root().tf();
      var input =
          tf.random.statelessRandomNormal(
              tf.constant(new int[] {1, 256, 256, 3}), tf.constant(new long[] {1, 2}));
      Network network =
          new ResNet18()
              .create(builder.root(), new long[] {256, 256, 3}, Settings.of(Map.of("width", "4")));
      var usual = network.apply(input, Pass.INFERENCE).map(Features.FEATURE_MAP); // [1, 8, 8, D]
      var dense = network.dense(input, Pass.INFERENCE).map(Features.FEATURE_MAP); // [1, 16, 16, D]
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        List<Value> values = session.values(Map.of(), List.of(usual, dense), List.of());
        float[] coarse = Tensors.floats(values.get(0));
        float[] fine = Tensors.floats(values.get(1));
        int d = network.width();
        for (int y = 0; y < 8; y++) {
          for (int x = 0; x < 8; x++) {
            for (int c = 0; c < d; c++) {
              assertThat(fine[(2 * y * 16 + 2 * x) * d + c])
                  .isCloseTo(coarse[(y * 8 + x) * d + c], within(1e-3f));
            }
          }
        }
      }
    }
  }

  @Test
  void zeroInitStartsBlocksAsNothing() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      new ResNetSmall()
          .create(builder.root(), new long[] {8, 8, 3}, Settings.of(Map.of("zero-init", "true")));
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        Map<String, Value> values =
            session.read(List.of("layer1.0.bn1.weight", "layer1.0.bn2.weight"));
        assertThat(Tensors.floats(values.get("layer1.0.bn1.weight"))).containsOnly(1);
        assertThat(Tensors.floats(values.get("layer1.0.bn2.weight"))).containsOnly(0);
      }
    }
  }

  private static long weights(Encoder encoder, Map<String, String> settings) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      encoder.create(builder.root(), new long[] {64, 64, 3}, Settings.of(settings));
      return builder.parameters().stream()
          .filter(Parameter::trained)
          .mapToLong(Parameter::elements)
          .sum();
    }
  }

  private static void agrees(Encoder encoder, String file) {
    JsonNode json = Conformance.read(file);
    double shift = json.at("/inputs/shift").asDouble();
    int side = json.at("/inputs/side").asInt();
    List<String> names = new ArrayList<>();
    json.at("/inputs/tensors").forEach(tensor -> names.add(tensor.get("name").asText()));
    float[] images = new float[2 * 3 * side * side];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (0.5 + 0.5 * u(i, 1000, shift));
    }
    float[] pooled =
        Loaded.embed(
            encoder,
            Settings.DEFAULTS,
            parameter -> {
              assertThat(names).contains(parameter.name());
              return formula(parameter, names.indexOf(parameter.name()), shift);
            },
            new long[] {2, side, side, 3},
            Loaded.permuted(images, new long[] {2, 3, side, side}, 0, 2, 3, 1));
    float[] expected = Conformance.floats(json.at("/expected/pooled"));
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    float tolerance = json.get("tolerance").floatValue() * largest;
    assertThat(pooled).hasSameSizeAs(expected);
    assertThat(pooled).containsExactly(expected, within(tolerance));
  }

  /** The weights of the conformance files: see their field "about". */
  private static float[] formula(Parameter<?> parameter, int t, double shift) {
    long[] shape = Loaded.diskShape(parameter);
    float[] values = new float[(int) parameter.elements()];
    double fanIn = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < values.length; i++) {
      double u = u(i, t, shift);
      double value;
      if (parameter.name().endsWith("running_var")) {
        value = 1 + 0.2 * u;
      } else if (parameter.name().endsWith("running_mean")) {
        value = 0.1 * u;
      } else if (shape.length > 1) {
        value = u * Math.sqrt(6 / fanIn);
      } else if (parameter.name().endsWith("weight")) {
        value = 1 + 0.1 * u;
      } else {
        value = 0.1 * u;
      }
      values[i] = (float) value;
    }
    return values;
  }

  private static double u(long i, int t, double shift) {
    double x = Math.sin(12.9898 * i + 78.233 * t + shift) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  }
}
