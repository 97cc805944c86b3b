package juxta.plugin.baselines.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Encoder;
import juxta.api.Parameter;
import juxta.api.Settings;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;

class ResNetTest {
  @Test
  void resnet18EqualsTorchvision() {
    agrees(new ResNet18(), "resnet18_forward.json");
  }

  @Test
  void resnet50EqualsTorchvision() {
    agrees(new ResNet50(), "resnet50_forward.json");
  }

  @Test
  void theyHaveAsManyWeightsAsTorchvision() {
    assertThat(weights(new ResNet18(), Map.of())).isEqualTo(11_176_512);
    assertThat(weights(new ResNet34(), Map.of())).isEqualTo(21_284_672);
    assertThat(weights(new ResNet50(), Map.of())).isEqualTo(23_508_032);
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
    JsonNode json = Conformance.json(file);
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
            Conformance.permuted(images, new long[] {2, 3, side, side}, 0, 2, 3, 1));
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
