package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import juxta.api.Pass;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class DroppingTest {
  @Test
  void stochasticDepthDropsWholeRecordsAndKeepsTheExpectation() {
    try (Trial trial = new Trial()) {
      Operand<TFloat32> x = ones(trial, 4000, 2, 3);
      float[] y = trial.get(new StochasticDepth(trial.root(), 0.25).apply(x, Pass.TRAINING));
      for (int i = 0; i < y.length; i += 6) {
        for (int j = 0; j < 6; j++) {
          assertThat(y[i + j]).isEqualTo(y[i]).isIn(0f, 1 / 0.75f);
        }
      }
      assertThat(mean(y)).isCloseTo(1, within(0.04)); // 4 standard errors
    }
  }

  @Test
  void channelDropoutDropsWholeChannels() {
    try (Trial trial = new Trial()) {
      Operand<TFloat32> x = ones(trial, 1000, 2, 2, 3);
      float[] y = trial.get(new ChannelDropout(trial.root(), 0.5).apply(x, Pass.TRAINING));
      for (int record = 0; record < 1000; record++) {
        for (int c = 0; c < 3; c++) {
          for (int pixel = 1; pixel < 4; pixel++) {
            assertThat(y[record * 12 + pixel * 3 + c]).isEqualTo(y[record * 12 + c]);
          }
        }
      }
      assertThat(mean(y)).isCloseTo(1, within(0.08));
      assertThat(y[0] + y[1] + y[2] + y[12] + y[13] + y[14] + y[24] + y[25]).isBetween(1f, 15f);
    }
  }

  @Test
  void dropoutDiffersByApplicationAndStepAndIsOffOutsideTraining() {
    try (Trial trial = new Trial()) {
      Operand<TFloat32> x = ones(trial, 5000);
      Dropout dropout = new Dropout(trial.root(), 0.1);
      Operand<TFloat32> first = dropout.apply(x, Pass.TRAINING);
      Operand<TFloat32> second = dropout.apply(x, Pass.TRAINING);
      assertThat(dropout.apply(x, Pass.INFERENCE)).isSameAs(x);
      float[] y = trial.get(first);
      assertThat(mean(y)).isCloseTo(1, within(0.02));
      assertThat(trial.get(second)).isNotEqualTo(y);
      assertThat(trial.get(first)).isEqualTo(y);
      trial.session().step(1);
      assertThat(trial.get(first)).isNotEqualTo(y);
    }
  }

  @Test
  void ratesAreChecked() {
    try (Trial trial = new Trial()) {
      assertThatThrownBy(() -> new Dropout(trial.root(), 1)).hasMessageContaining("[0, 1)");
    }
  }

  private static Operand<TFloat32> ones(Trial trial, long... shape) {
    var tf = trial.root().tf();
    return tf.fill(tf.constant(shape), tf.constant(1f));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
