package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import juxta.api.Initializer;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;

class InitializersTest {
  @Test
  void boundsFollowTheFans() {
    long[] conv = {3, 3, 20, 40};
    uniform(Initializers.xavierUniform(), Math.sqrt(6.0 / (180 + 360)), conv);
    uniform(Initializers.xavierUniform(3), Math.sqrt(6.0 / (60 + 60)), 60, 180);
    uniform(Initializers.kaimingUniform(), Math.sqrt(6.0 / 180), conv);
    uniform(Initializers.pytorch(), 1 / Math.sqrt(180), conv);
    normal(Initializers.kaimingNormal(), Math.sqrt(2.0 / 360), conv);
    normal(Initializers.truncatedNormal(0.02), 0.02, 100, 100);
    normal(Initializers.normal(3), 3, 100, 100);
  }

  @Test
  void truncatedNormalStaysWithinItsLimits() {
    for (float value : values(Initializers.truncatedNormal(1.5), 50, 50)) {
      assertThat(value).isBetween(-2f, 2f);
    }
  }

  @Test
  void constants() {
    assertThat(values(Initializers.zeros(), 2)).containsExactly(0, 0);
    assertThat(values(Initializers.ones(), 2)).containsExactly(1, 1);
    assertThat(values(Initializers.constant(0.5), 2)).containsExactly(0.5f, 0.5f);
  }

  private static void uniform(Initializer<TFloat32> initializer, double bound, long... shape) {
    float[] values = values(initializer, shape);
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat((double) largest).isBetween(0.98 * bound, bound * 1.00001);
    assertThat(deviation(values)).isCloseTo(bound / Math.sqrt(3), within(0.05 * bound));
  }

  private static void normal(Initializer<TFloat32> initializer, double deviation, long... shape) {
    assertThat(deviation(values(initializer, shape)))
        .isCloseTo(deviation, within(0.05 * deviation));
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static float[] values(Initializer<TFloat32> initializer, long... shape) {
    try (Trial trial = new Trial()) {
      var tf = trial.root().tf();
      return trial.get(initializer.create(tf, shape, tf.constant(new long[] {9, 9})));
    }
  }
}
