package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import juxta.api.Encoder;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.model.PretrainedWeights;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Google's MobileNets and SqueezeNet give the features that their published weights give. Runs
 * where {@code JUXTA_PRETRAINED} names a folder with the weights ({@code mobilenet_v2_1.0_224.npz}
 * and so on), their descriptions, and {@code reference.json} with features of one image.
 */
@EnabledIfEnvironmentVariable(named = PublishedWeightsTest.FOLDER, matches = ".+")
class PublishedWeightsTest {
  static final String FOLDER = "JUXTA_PRETRAINED";

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("mobilenet_v2_1.0_224", 224, new MobileNetV2(), Map.of()),
        Arguments.of("mobilenet_v1_0.25_128", 128, new MobileNetV1(), Map.of("width", "0.25")),
        Arguments.of("squeezenet_v1.0", 227, new SqueezeNet(), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void featuresAreThePublishedOnes(
      String name, int side, Encoder encoder, Map<String, String> settings) throws IOException {
    Path folder = Path.of(System.getenv(FOLDER));
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("reference.json").toFile()).get(name);
    float[] image = new float[side * side * 3]; // sin(0.01 (3 W h + 3 w + c))
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(0.01 * i);
    }
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      Operand<TFloat32> features =
          encoder
              .create(
                  builder.root().sub("encoder"), new long[] {side, side, 3}, Settings.of(settings))
              .apply(Graphs.tensor(builder.root(), image, 1, side, side, 3), Pass.INFERENCE)
              .embedding();
      try (GraphSession session = new GraphSession(builder)) {
        session.write(
            PretrainedWeights.read(folder.resolve(name + ".npz"), "encoder", builder.parameters()));
        float[] found =
            Tensors.floats(session.values(Map.of(), List.of(features), List.of()).get(0));
        assertThat(found).hasSize(expected.get("features_len").asInt());
        double mean = 0;
        for (float value : found) {
          mean += value / found.length;
        }
        double most = Math.abs(mean - expected.get("features_mean").asDouble());
        for (int i = 0; i < 8; i++) {
          double of = expected.get("features_first8").get(i).asDouble();
          most = Math.max(most, Math.abs(found[i] - of));
        }
        System.out.println(name + ": largest deviation " + most);
        assertThat(most).isCloseTo(0, within(1e-3));
      }
    }
  }
}
