package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Convolutions with fewer products, against TensorFlow's own and its gradients. */
class WinogradTest {
  private static final List<Long> STRIDES = List.of(1L, 1L, 1L, 1L);

  @ParameterizedTest(name = "{0} images of {1} x {2}, {3} to {4} channels")
  @CsvSource({"32, 4, 4, 48, 40", "20, 8, 8, 64, 48", "9, 16, 16, 128, 128", "24, 7, 8, 96, 128"})
  void equalsTensorFlow(int batch, int h, int w, int in, int out) {
    try (Trial trial = new Trial()) {
      Ops tf = trial.root().tf();
      Operand<TFloat32> x = trial.normal(1, batch, h, w, in);
      // values of deviation 1, as between a network's layers
      Operand<TFloat32> k =
          tf.math.mul(
              trial.normal(2, 3, 3, in, out), tf.constant((float) Math.sqrt(1.0 / (9 * in))));
      Operand<TFloat32> dy = trial.normal(3, batch, h, w, out);
      Operand<TFloat32> ours = Contractions.conv2d(trial.root(), x, k, 1, "SAME");
      Operand<TFloat32> theirs = tf.nn.conv2d(x, k, STRIDES, "SAME");
      assertThat(ours.op().type()).isEqualTo("IdentityN");
      close(trial.get(ours), trial.get(theirs), 5e-4f);
      List<Operand<TFloat32>> a = gradients(trial, ours, dy, x, k);
      List<Operand<TFloat32>> b = gradients(trial, theirs, dy, x, k);
      close(trial.get(a.get(0)), trial.get(b.get(0)), 5e-4f);
      // a sum over all places of all images, whose deviation is the root of their number
      float places = (float) Math.sqrt(batch * h * w);
      close(trial.get(a.get(1)), trial.get(b.get(1)), 5e-4f * places);
    }
  }

  /** Hundreds of thousands of values, one assertion for all of them. */
  private static void close(float[] ours, float[] theirs, float within) {
    assertThat(ours).hasSameSizeAs(theirs);
    double most = 0;
    for (int i = 0; i < ours.length; i++) {
      double apart = Math.abs((double) ours[i] - theirs[i]);
      most = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(most, apart);
    }
    assertThat(most).isLessThanOrEqualTo(within);
  }

  @ParameterizedTest(name = "{0} images of {1} x {1}, {2} channels, stride {3}, {4}")
  @CsvSource({
    "1, 4, 64, 1, SAME", // transforming the kernel costs more than it saves
    "32, 32, 16, 1, SAME", // so do the transforms of large maps with few channels
    "32, 8, 64, 2, SAME",
    "32, 8, 64, 1, VALID"
  })
  void leavesToTensorFlowWhatItDoesFaster(int batch, int side, int c, int stride, String padding) {
    try (Trial trial = new Trial()) {
      Operand<TFloat32> x = trial.normal(1, batch, side, side, c);
      Operand<TFloat32> k = trial.normal(2, 3, 3, c, c);
      Operand<TFloat32> y = Contractions.conv2d(trial.root(), x, k, stride, padding);
      assertThat(y.op().name()).doesNotContain("winograd");
    }
  }

  @Test
  void givesTheSameBitsEachTime() {
    float[][] seen = new float[2][];
    for (int i = 0; i < seen.length; i++) {
      try (Trial trial = new Trial()) {
        Operand<TFloat32> x = trial.normal(1, 32, 8, 8, 64);
        Operand<TFloat32> k = trial.normal(2, 3, 3, 64, 64);
        Operand<TFloat32> y = Contractions.conv2d(trial.root(), x, k, 1, "SAME");
        seen[i] = trial.get(gradients(trial, y, y, x, k).get(1));
      }
    }
    assertThat(seen[0]).containsExactly(seen[1]);
  }

  private static List<Operand<TFloat32>> gradients(
      Trial trial,
      Operand<TFloat32> y,
      Operand<TFloat32> dy,
      Operand<TFloat32> x,
      Operand<TFloat32> k) {
    Ops tf = trial.root().tf();
    Operand<TFloat32> loss =
        tf.reduceSum(tf.math.mul(y, tf.stopGradient(dy)), tf.constant(new int[] {0, 1, 2, 3}));
    return Gradients.of(trial.root(), loss, List.of(x, k));
  }
}
