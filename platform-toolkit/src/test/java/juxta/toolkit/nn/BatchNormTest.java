package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Pass;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class BatchNormTest {
  private static final int CHANNELS = 3;

  @Test
  void normalisesAndMovesTheStatisticsLikePyTorch() {
    try (Trial trial = new Trial()) {
      Operand<TFloat32> x = trial.normal(1, 4, 5, 2, CHANNELS);
      BatchNorm norm = new BatchNorm(trial.root().sub("bn"), CHANNELS);
      Operand<TFloat32> y = norm.apply(x, Pass.TRAINING);
      float[] values = trial.get(x);
      float[] normalised = trial.step(y);
      float[] running = {0, 0, 0};
      float[] variance = {1, 1, 1};
      for (int step = 1; step <= 3; step++) {
        for (int c = 0; c < CHANNELS; c++) {
          Moments m = Moments.of(values, c);
          running[c] = 0.9f * running[c] + 0.1f * (float) m.mean();
          variance[c] = 0.9f * variance[c] + 0.1f * (float) m.unbiased();
          assertThat((double) normalised[c])
              .isCloseTo((values[c] - m.mean()) / Math.sqrt(m.biased() + 1e-5), within(1e-4));
        }
        assertThat(trial.parameter("bn.running_mean")).containsExactly(running, within(1e-5f));
        assertThat(trial.parameter("bn.running_var")).containsExactly(variance, within(1e-5f));
        trial.step(y);
      }
    }
  }

  @Test
  void severalPassesInOneStepMoveTheStatisticsInTurn() {
    try (Trial trial = new Trial()) {
      Operand<TFloat32> first = trial.normal(1, 8, CHANNELS);
      Operand<TFloat32> second = trial.normal(2, 8, CHANNELS);
      BatchNorm norm = new BatchNorm(trial.root().sub("bn"), CHANNELS);
      Operand<TFloat32> y = norm.apply(first, Pass.TRAINING);
      norm.apply(trial.normal(3, 8, CHANNELS), Pass.PROBING);
      norm.apply(second, Pass.TRAINING);
      float[] a = trial.get(first);
      float[] b = trial.get(second);
      trial.step(y);
      float[] mean = trial.parameter("bn.running_mean");
      float[] variance = trial.parameter("bn.running_var");
      for (int c = 0; c < CHANNELS; c++) {
        Moments m1 = Moments.of(a, c);
        Moments m2 = Moments.of(b, c);
        assertThat((double) mean[c])
            .isCloseTo(0.9 * 0.1 * m1.mean() + 0.1 * m2.mean(), within(1e-5));
        assertThat((double) variance[c])
            .isCloseTo(0.9 * (0.9 + 0.1 * m1.unbiased()) + 0.1 * m2.unbiased(), within(1e-5));
      }
    }
  }

  @Test
  void inferenceUsesRunningStatisticsAndLeavesThemAlone() {
    try (Trial trial = new Trial()) {
      GraphScope root = trial.root();
      Operand<TFloat32> x = trial.normal(1, 4, 2, 2, 2, CHANNELS);
      BatchNorm norm = new BatchNorm(root.sub("bn"), CHANNELS);
      Operand<TFloat32> y = norm.apply(x, Pass.INFERENCE);
      norm.apply(x, Pass.PROBING);
      float[] values = trial.get(x);
      float[] normalised = trial.step(y);
      for (int i = 0; i < values.length; i++) {
        assertThat((double) normalised[i]).isCloseTo(values[i] / Math.sqrt(1 + 1e-5), within(1e-5));
      }
      assertThat(trial.parameter("bn.running_mean")).containsExactly(0, 0, 0);
      assertThat(trial.parameter("bn.running_var")).containsExactly(1, 1, 1);
    }
  }

  @Test
  void namesArePyTorchs() {
    try (Trial trial = new Trial()) {
      new BatchNorm(trial.root().sub("a"), CHANNELS);
      new BatchNorm(trial.root().sub("b"), CHANNELS, false, 1);
      assertThat(trial.builder().parameters().stream().map(Parameter::name))
          .containsExactly(
              "a.weight",
              "a.bias",
              "a.running_mean",
              "a.running_var",
              "b.running_mean",
              "b.running_var");
    }
  }

  /** Mean and variances of one channel. */
  private record Moments(double mean, double biased, double unbiased) {
    static Moments of(float[] values, int channel) {
      int n = values.length / CHANNELS;
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += values[i * CHANNELS + channel] / (double) n;
      }
      double squares = 0;
      for (int i = 0; i < n; i++) {
        squares += Math.pow(values[i * CHANNELS + channel] - mean, 2);
      }
      return new Moments(mean, squares / n, squares / (n - 1));
    }
  }
}
