package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void accuracies() {
    int[] actual = {0, 1, 2, 2};
    assertThat(Classification.accuracy(new int[] {0, 1, 1, 2}, actual)).isEqualTo(.75);
    assertThat(Classification.confusion(new int[] {0, 1, 1, 2}, actual, 3))
        .isDeepEqualTo(new long[][] {{1, 0, 0}, {0, 1, 0}, {0, 1, 1}});
    Matrix scores = new Matrix(4, 3, new float[] {9, 1, 1, 1, 1, 0, 3, 2, 1, 5, 4, Float.NaN});
    assertThat(Classification.topAccuracy(scores, actual, 1)).isEqualTo(.25);
    assertThat(Classification.topAccuracy(scores, actual, 2)).isEqualTo(.5);
    assertThat(Classification.topAccuracy(scores, actual, 3)).isEqualTo(.75);
  }

  @Test
  void summaries() {
    assertThat(Summary.of(1, 2, 3, 4)).isEqualTo(new Summary(4, 2.5, Math.sqrt(5 / 3.0)));
    assertThat(Summary.of(7)).isEqualTo(new Summary(1, 7, 0));
    double third = 1 / 3.0 + .1;
    assertThat(Summary.of(third, third, third)).isEqualTo(new Summary(3, third, 0));
  }
}
