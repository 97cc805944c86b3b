package juxta.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class OwnConvolutionsTest {
  private static final Arithmetic BF16 = new Arithmetic(true, true);

  private interface Convolution {
    Operand<TFloat32> apply(GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w);
  }

  @Test
  void tensorFlowsOwnAreFoundWhereTheyAreWrong() {
    assertThat(wrong(Arithmetic.FLOAT32, 48, 8, OwnConvolutionsTest::own)).containsExactly(48L);
    assertThat(wrong(Arithmetic.FLOAT32, 3, 8, OwnConvolutionsTest::own)).isEmpty();
    assertThat(wrong(Arithmetic.FLOAT32, 64, 8, OwnConvolutionsTest::own)).isEmpty();
    assertThat(wrong(BF16, 3, 8, OwnConvolutionsTest::own)).containsExactly(3L);
    assertThat(wrong(BF16, 32, 8, OwnConvolutionsTest::own)).isEmpty();
  }

  @Test
  void thoseOfTheToolkitAreNot() {
    for (Arithmetic arithmetic : List.of(Arithmetic.FLOAT32, BF16)) {
      for (int channels : new int[] {1, 3, 33, 48, 80, 304}) {
        for (int side : new int[] {4, 8, 12}) {
          assertThat(
                  wrong(
                      arithmetic,
                      channels,
                      side,
                      (scope, x, w) -> Contractions.conv2d(scope, x, w, 1, "SAME")))
              .as("%d channels, side %d, %s", channels, side, arithmetic)
              .isEmpty();
        }
      }
    }
  }

  private static Operand<TFloat32> own(GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w) {
    return scope.tf().nn.conv2d(x, w, List.of(1L, 1L, 1L, 1L), "SAME");
  }

  private static List<Long> wrong(
      Arithmetic arithmetic, int channels, int side, Convolution convolution) {
    try (Graph graph = new Graph()) {
      GraphScope scope = new GraphBuilder(graph, 1, "train", arithmetic, Optional.empty()).root();
      Operand<TFloat32> x = values(scope, 2, side, side, channels);
      Operand<TFloat32> w = values(scope, 3, 3, channels, 16);
      Operand<TFloat32> y = convolution.apply(scope, x, w);
      Operand<TFloat32> loss = scope.tf().reduceSum(y, scope.ints(0, 1, 2, 3));
      graph.addGradients(loss.asOutput(), new Output<?>[] {x.asOutput(), w.asOutput()});
      return OwnConvolutions.wrong(graph, arithmetic);
    }
  }

  private static Operand<TFloat32> values(GraphScope scope, long... shape) {
    return scope
        .tf()
        .placeholderWithDefault(
            scope.tf().zeros(scope.tf().constant(shape), TFloat32.class), Shape.of(shape));
  }
}
