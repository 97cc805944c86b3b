package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Kernels of 1 x 1 with a stride, on maps so large that TensorFlow's own gradient for few channels
 * ends the process.
 */
class PointwiseConvolutionTest {
  private static final int BATCH = 4;
  private static final int OUT = 16;

  @ParameterizedTest
  @CsvSource({"1, 64", "3, 64", "8, 64", "12, 65", "4, 128", "16, 64"})
  void haveTheGradientOfTheirDefinition(int in, int side) {
    try (Trial trial = new Trial()) {
      var tf = trial.root().tf();
      Operand<TFloat32> x = trial.normal(1, BATCH, side, side, in);
      Conv2d conv = new Conv2d(trial.root().sub("conv"), in, OUT, 1, 2);
      int half = (side + 1) / 2;
      Operand<TFloat32> y = conv.apply(x); // [B, half, half, OUT]
      Operand<TFloat32> wanted = trial.normal(2, BATCH, half, half, OUT);
      Operand<TFloat32> loss = tf.math.mean(tf.math.mul(y, wanted), trial.root().ints(0, 1, 2, 3));
      Operand<TFloat32> gradient =
          Gradients.of(trial.root(), loss, List.of(conv.weight().value())).get(0);
      for (int round = 0; round < 3; round++) {
        trial.get(gradient);
      }
      float[] found = trial.get(gradient);
      float[] inputs = trial.get(x);
      float[] outputs = trial.get(wanted);
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < OUT; o++) {
          double expected = 0;
          for (int p = 0; p < BATCH * half * half; p++) {
            int row = p / half % half * 2;
            int column = p % half * 2;
            int pixel = (p / half / half * side + row) * side + column;
            expected += (double) inputs[pixel * in + i] * outputs[p * OUT + o];
          }
          assertThat((double) found[i * OUT + o])
              .isCloseTo(expected / outputs.length, within(1e-6));
        }
      }
    }
  }
}
