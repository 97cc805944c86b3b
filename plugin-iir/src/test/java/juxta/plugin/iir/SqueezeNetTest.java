package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.Features;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class SqueezeNetTest {
  private static final long[] INPUT = {227, 227, 3};

  @Test
  void hasTorchvisionsParameters() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      new SqueezeNet().create(builder.root(), INPUT, Settings.DEFAULTS);
      List<Parameter<?>> all = builder.parameters();
      // squeezenet1_0 has 1,248,424; its classifier 512 x 1000 + 1000
      assertThat(all.stream().mapToLong(Parameter::elements).sum()).isEqualTo(1_248_424 - 513_000);
      assertThat(all.stream().map(Parameter::name))
          .hasSize(2 * 25)
          .contains(
              "features.0.weight",
              "features.0.bias",
              "features.3.squeeze.weight",
              "features.5.expand1x1.bias",
              "features.7.expand3x3.weight",
              "features.12.expand3x3.bias");
    }
  }

  /** Pooling rounds up: 227 gives 111, 55, 27, 13, and 100 gives 47, 23, 11, 5. */
  @ParameterizedTest
  @CsvSource({"227, 224, 13, 13", "100, 64, 5, 3", "21, 22, 1, 1"})
  void takesImagesOfAnySize(int height, int width, int rows, int columns) {
    float[][] found =
        Graphs.all(
                scope -> {
                  var network = new SqueezeNet().create(scope, INPUT, Settings.DEFAULTS);
                  Operand<TFloat32> x =
                      Graphs.tensor(scope, new float[height * width * 3], 1, height, width, 3);
                  Operand<TFloat32> map =
                      network.apply(x, Pass.INFERENCE).map(Features.FEATURE_MAP);
                  return List.of(scope.tf().dtypes.cast(scope.tf().shape(map), TFloat32.class));
                })
            .toArray(float[][]::new);
    assertThat(found[0]).containsExactly(1, rows, columns, 512);
  }

  @Test
  void bgrIsTheSameNetworkOnTurnedChannels() {
    Random random = new Random(5);
    float[] image = new float[40 * 40 * 3];
    float[] turned = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
      turned[i / 3 * 3 + 2 - i % 3] = image[i];
    }
    float[] rgb = embedding("rgb", image);
    assertThat(embedding("bgr", turned)).containsExactly(rgb);
    assertThat(embedding("bgr", image)).isNotEqualTo(rgb);
  }

  private static float[] embedding(String channels, float[] image) {
    return Graphs.floats(
        scope ->
            new SqueezeNet()
                .create(scope, INPUT, Settings.of(Map.of("channels", channels)))
                .apply(Graphs.tensor(scope, image, 1, 40, 40, 3), Pass.INFERENCE)
                .embedding());
  }

  @Test
  void refusesWhatIsNoColourPicture() {
    assertThatThrownBy(() -> made(new long[] {8, 8, 8, 1}, Settings.DEFAULTS))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> made(new long[] {8, 8, 1}, Settings.of(Map.of("channels", "bgr"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("3 channels");
  }

  private static void made(long[] input, Settings settings) {
    Graphs.floats(
        scope -> {
          new SqueezeNet().create(scope, input, settings);
          return scope.constant(0);
        });
  }
}
