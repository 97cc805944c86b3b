package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Against TensorFlow's own convolution and its gradients. */
class SmallConvolutionTest {
  @ParameterizedTest(name = "{0} x {1}, kernel {2}, stride {3}, {4}, hook {5}")
  @CsvSource({
    "4, 4, 3, 1, SAME, true",
    "2, 3, 3, 1, SAME, true",
    "1, 1, 3, 1, SAME, true",
    "4, 4, 1, 1, VALID, true",
    "6, 5, 3, 1, VALID, true",
    "10, 10, 3, 2, VALID, true",
    "9, 10, 3, 2, VALID, false",
    "8, 10, 3, 2, VALID, true",
    "8, 8, 1, 2, VALID, true",
    "4, 4, 2, 1, VALID, false",
    "8, 8, 3, 1, SAME, false",
    "12, 12, 3, 3, VALID, false",
    "4, 8, 3, 1, SAME, false"
  })
  void equalsTensorFlow(int h, int w, int kernel, int stride, String padding, boolean hook) {
    try (Trial trial = new Trial()) {
      Ops tf = trial.root().tf();
      Operand<TFloat32> x = trial.normal(1, 3, h, w, 5);
      Operand<TFloat32> k = trial.normal(2, kernel, kernel, 5, 4);
      Operand<TFloat32> ours = Contractions.conv2d(trial.root(), x, k, stride, padding);
      Operand<TFloat32> theirs =
          tf.nn.conv2d(x, k, List.of(1L, (long) stride, (long) stride, 1L), padding);
      assertThat(ours.op().type()).isEqualTo(hook ? "IdentityN" : "Conv2D");
      List<Operand<TFloat32>> a = Gradients.of(trial.root(), sum(tf, ours), List.of(x, k));
      List<Operand<TFloat32>> b = Gradients.of(trial.root(), sum(tf, theirs), List.of(x, k));
      assertThat(trial.get(ours)).containsExactly(trial.get(theirs));
      for (int i = 0; i < 2; i++) {
        assertThat(trial.get(a.get(i))).containsExactly(trial.get(b.get(i)), within(1e-3f));
      }
    }
  }

  /** A scalar in which every element counts differently. */
  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> y) {
    return tf.reduceSum(tf.math.square(y), tf.constant(new int[] {0, 1, 2, 3}));
  }
}
