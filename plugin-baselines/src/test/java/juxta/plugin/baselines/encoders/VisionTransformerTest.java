package juxta.plugin.baselines.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import juxta.api.Settings;
import org.junit.jupiter.api.Test;

class VisionTransformerTest {
  @Test
  void equalsTheReferenceWithImportedWeights() throws IOException {
    JsonNode json = Conformance.json("vit_forward.json");
    Map<String, float[]> weights = HalfSafetensors.read(Conformance.bytes("vit_small.safetensors"));
    float[] images = Conformance.floats(json.at("/inputs/images"));
    long count = images.length / (3 * 32 * 32);
    float[] cls =
        Loaded.embed(
            new VitMini(),
            Settings.of(Map.of("width", "48", "depth", "3", "heads", "3", "patch", "4")),
            parameter -> {
              assertThat(weights).containsKey(parameter.name());
              return weights.get(parameter.name());
            },
            new long[] {count, 32, 32, 3},
            Conformance.permuted(images, new long[] {count, 3, 32, 32}, 0, 2, 3, 1));
    float[] expected = Conformance.floats(json.at("/expected/cls"));
    assertThat(cls).hasSameSizeAs(expected);
    assertThat(cls).containsExactly(expected, within(json.get("tolerance").floatValue()));
  }
}
