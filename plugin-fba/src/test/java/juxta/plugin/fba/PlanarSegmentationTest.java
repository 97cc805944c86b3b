package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.testkit.Graphs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class PlanarSegmentationTest {
  /** Two slices whose lengths are known only at run. */
  private static Operand<TFloat32> slices(GraphScope scope, int[] labels, int x, int y) {
    var tf = scope.tf();
    return tf.placeholderWithDefault(
        tf.reshape(tf.dtypes.cast(tf.constant(labels), TFloat32.class), scope.ints(2, x, y, 1, 1)),
        Shape.of(-1, -1, -1, 1, 1));
  }

  private static int[] labels(int x, int y, int classes) {
    return new Random(4).ints(2L * x * y, 0, classes).toArray();
  }

  private static int argMax(float[] p, int voxel, int classes) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = p[voxel * classes + k] > p[voxel * classes + best] ? k : best;
    }
    return best;
  }

  /** A network that knows each pixel's class, in all sizes that fit, and one that does not. */
  @ParameterizedTest
  @CsvSource({"92, 144, 256", "256, 256, 256", "16, 1, 16", "5, 7, 16", "40, 31, 16"})
  void theWayBackIsTheNearestPixelOfTheWayThere(int x, int y, int size) {
    int classes = 3;
    int[] labels = labels(x, y, classes);
    float[] p =
        Graphs.floats(
            scope ->
                PlanarSegmentation.apply(
                    scope,
                    slices(scope, labels, x, y),
                    size,
                    seen -> {
                      assertThat(seen.shape().asArray()).containsExactly(-1, size, size, 1, 1);
                      var tf = scope.tf();
                      Operand<TInt32> label =
                          tf.dtypes.cast(
                              tf.reshape(seen, scope.ints(-1, size, size, 1)), TInt32.class);
                      return tf.oneHot(
                          label, tf.constant(classes), scope.constant(9), scope.constant(0));
                    }));
    assertThat(p).hasSize(2 * x * y * classes);
    for (int i = 0; i < 2 * x * y; i++) {
      int a = nearest(nearest(i / y % x, size, x), x, size);
      int b = nearest(nearest(i % y, size, y), y, size);
      int expected = labels[(i / y / x * x + a) * y + b];
      assertThat(argMax(p, i, classes)).isEqualTo(expected);
      if (x <= size && y <= size) {
        assertThat(expected).isEqualTo(labels[i]); // nothing is lost
      }
    }
  }

  /** Place i of m shows this one of n. */
  private static int nearest(int i, int n, int m) {
    return m == 1 ? 0 : (int) Math.floor((double) i * (n - 1) / (m - 1) + 0.5);
  }

  @ParameterizedTest
  @CsvSource({"92, 144", "20, 9"})
  void slicesOfAnySizePassThroughTheNetwork(int x, int y) {
    float[] p =
        Graphs.floats(
            scope -> {
              Network encoder =
                  new UNet()
                      .create(
                          scope.sub("encoder"),
                          new long[] {32, 32, 1, 1},
                          Settings.of(Map.of("width", "1")));
              PlanarDecoder decoder = PlanarDecoder.of(scope.sub("decoder"), 0, 1, 4);
              return PlanarSegmentation.apply(
                  scope,
                  slices(scope, labels(x, y, 4), x, y),
                  32,
                  seen ->
                      decoder.apply(encoder.apply(seen, Pass.INFERENCE), Pass.INFERENCE).logits());
            });
    assertThat(p).hasSize(2 * x * y * 4);
    for (int i = 0; i < p.length; i += 4) {
      assertThat(p[i] + p[i + 1] + p[i + 2] + p[i + 3]).isBetween(0.9999f, 1.0001f);
    }
  }
}
