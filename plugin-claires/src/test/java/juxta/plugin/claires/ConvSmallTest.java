package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class ConvSmallTest {
  private static final int IMAGES = 3;
  private static final int WIDTH = 16;

  /** The embedding [3, D], then the map [3, 2, 2, 16], of the same random images. */
  private static float[] features(String pooling) {
    return Graphs.floats(
        scope -> {
          Network network =
              new ConvSmall()
                  .create(
                      scope.sub("encoder"),
                      new long[] {32, 32, 1},
                      Settings.of(Map.of("width", "2", "pooling", pooling)));
          Features made = network.apply(images(scope), Pass.INFERENCE);
          assertThat(network.width()).isEqualTo(made.embedding().shape().get(1));
          return scope
              .tf()
              .concat(
                  List.of(
                      scope.tf().reshape(made.embedding(), scope.ints(-1)),
                      scope.tf().reshape(made.map(Features.FEATURE_MAP), scope.ints(-1))),
                  scope.tf().constant(0));
        });
  }

  private static Operand<TFloat32> images(GraphScope scope) {
    return scope
        .tf()
        .reshape(
            scope.tf().constant(Bench.normal(IMAGES * 32 * 32, 5)), scope.ints(IMAGES, 32, 32, 1));
  }

  @Test
  void poolsMeansAndWhereAskedMaximaToo() {
    float[] means = features("mean");
    float[] both = features("mean-max");
    assertThat(means).hasSize(IMAGES * WIDTH + IMAGES * 4 * WIDTH);
    assertThat(both).hasSize(IMAGES * 2 * WIDTH + IMAGES * 4 * WIDTH);
    for (int image = 0; image < IMAGES; image++) {
      for (int channel = 0; channel < WIDTH; channel++) {
        float sum = 0;
        float most = 0;
        for (int place = 0; place < 4; place++) {
          float seen = both[IMAGES * 2 * WIDTH + (image * 4 + place) * WIDTH + channel];
          sum += seen;
          most = Math.max(most, seen);
        }
        assertThat(means[image * WIDTH + channel]).isCloseTo(sum / 4, within(1e-5f));
        assertThat(both[image * 2 * WIDTH + channel]).isCloseTo(sum / 4, within(1e-5f));
        assertThat(both[image * 2 * WIDTH + WIDTH + channel]).isCloseTo(most, within(1e-5f));
      }
    }
  }
}
