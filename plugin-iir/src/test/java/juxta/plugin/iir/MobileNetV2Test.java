package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import juxta.api.Features;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class MobileNetV2Test {
  private static final long[] INPUT = {224, 224, 3};

  @Test
  void filesOfTorchvisionSpellEveryParameter() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      new MobileNetV2().create(builder.root(), INPUT, Settings.DEFAULTS);
      var spelling = new MobileNetV2().spellings().get(0);
      assertThat(builder.parameters().stream().map(Parameter::name))
          .containsExactlyInAnyOrderElementsOf(spelling.keySet());
      assertThat(spelling.values())
          .doesNotHaveDuplicates()
          .hasSize(52 * 5)
          .contains("features.0.0.weight", "features.1.conv.0.1.bias", "features.1.conv.1.weight")
          .contains("features.1.conv.2.running_var", "features.2.conv.1.0.weight")
          .contains("features.17.conv.2.weight", "features.17.conv.3.running_mean")
          .contains("features.18.0.weight", "features.18.1.weight");
    }
  }

  @Test
  void hasTimmsParameters() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      new MobileNetV2().create(builder.root(), INPUT, Settings.DEFAULTS);
      List<Parameter<?>> all = builder.parameters();
      // mobilenetv2_100 has 3,504,872; its classifier 1280 x 1000 + 1000
      assertThat(all.stream().filter(Parameter::trained).mapToLong(Parameter::elements).sum())
          .isEqualTo(3_504_872 - 1_281_000);
      assertThat(all.stream().map(Parameter::name))
          .contains(
              "conv_stem.weight",
              "bn1.running_var",
              "blocks.0.0.conv_dw.weight",
              "blocks.0.0.conv_pw.weight",
              "blocks.0.0.bn2.bias",
              "blocks.3.3.conv_pwl.weight",
              "blocks.6.0.bn3.weight",
              "conv_head.weight",
              "bn2.weight");
      assertThat(all.stream().filter(p -> p.shape().size() == 4)).hasSize(52);
    }
  }

  @Test
  void takesImagesOfAnySize() {
    float[][] found =
        Graphs.all(
                scope -> {
                  var network = new MobileNetV2().create(scope, INPUT, Settings.DEFAULTS);
                  Operand<TFloat32> x = Graphs.tensor(scope, new float[65 * 40 * 3], 1, 65, 40, 3);
                  Operand<TFloat32> map =
                      network.apply(x, Pass.INFERENCE).map(Features.FEATURE_MAP);
                  return List.of(scope.tf().dtypes.cast(scope.tf().shape(map), TFloat32.class));
                })
            .toArray(float[][]::new);
    assertThat(found[0]).containsExactly(1, 3, 2, 1280); // sizes are halved and rounded up
  }

  @Test
  void refusesScans() {
    assertThatThrownBy(
            () ->
                Graphs.floats(
                    scope -> {
                      new MobileNetV2().create(scope, new long[] {8, 8, 8, 1}, Settings.DEFAULTS);
                      return scope.constant(0);
                    }))
        .isInstanceOf(UserException.class);
  }
}
