package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import juxta.api.UserException;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class DilationTest {
  private static final int IN = 2;
  private static final int OUT = 3;

  /** Against four nested sums: every place of the kernel sees the pixel so many places away. */
  @ParameterizedTest(name = "{0} x {1}, every {2}")
  @CsvSource({"5,7,2", "6,6,3", "4,5,6", "1,1,2", "8,3,1"})
  void seesThePixelsThatLieApart(int height, int width, int dilation) {
    float[] x = random(height * width * IN, 1);
    float[] w = random(9 * IN * OUT, 2);
    float[] expected = new float[height * width * OUT];
    for (int y = 0; y < height; y++) {
      for (int c = 0; c < width; c++) {
        for (int k = 0; k < 9; k++) {
          int fromY = y + (k / 3 - 1) * dilation;
          int fromX = c + (k % 3 - 1) * dilation;
          if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width) {
            for (int i = 0; i < IN; i++) {
              for (int o = 0; o < OUT; o++) {
                expected[(y * width + c) * OUT + o] +=
                    x[(fromY * width + fromX) * IN + i] * w[(k * IN + i) * OUT + o];
              }
            }
          }
        }
      }
    }
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      var tf = builder.root().tf();
      Operand<TFloat32> found =
          Dilation.apply(
              builder.root(),
              tf.reshape(tf.constant(x), tf.constant(new int[] {1, height, width, IN})),
              tf.reshape(tf.constant(w), tf.constant(new int[] {3, 3, IN, OUT})),
              dilation);
      assertThat(found.shape().asArray()).containsExactly(1, height, width, OUT);
      try (GraphSession session = new GraphSession(builder)) {
        assertThat(
                Tensors.floats(
                    session.values(java.util.Map.of(), List.of(found), List.of()).get(0)))
            .usingComparatorWithPrecision(1e-4f)
            .containsExactly(expected);
      }
    }
  }

  /** A user's mistake, so that whoever writes a model for any size writes it for one instead. */
  @Test
  void sidesThatAreNotKnownAreRefused() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Placeholder<TFloat32> x =
          builder
              .root()
              .tf()
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, 6, 3)));
      Conv2d layer = new Conv2d(builder.root(), 3, 4, 3, 1);
      assertThatThrownBy(() -> layer.atrous(x, 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("needs to know the sides of its input, not [-1, -1, 6, 3]; choose");
    }
  }

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
