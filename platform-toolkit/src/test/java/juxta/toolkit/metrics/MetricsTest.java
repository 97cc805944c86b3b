package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import juxta.api.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Critical values of printed t tables, two-sided, and closed forms for 1 and 2 degrees. */
  @ParameterizedTest
  @CsvSource({
    "12.7062047361747, 1, 0.05",
    "4.30265272974946, 2, 0.05",
    "2.77644510519779, 4, 0.05",
    "2.22813885196494, 10, 0.05",
    "3.16927267261695, 10, 0.01",
    "1.98397151852355, 100, 0.05",
    "1, 1, 0.5",
    "0, 3, 1",
  })
  void studentsDistribution(double t, int degrees, double p) {
    assertThat(StudentT.twoSided(t, degrees)).isCloseTo(p, within(1e-9));
    assertThat(StudentT.twoSided(-t, degrees)).isCloseTo(p, within(1e-9));
  }

  @Test
  void logGammaOfKnownNumbers() {
    assertThat(StudentT.logGamma(.5)).isCloseTo(Math.log(Math.sqrt(Math.PI)), within(1e-13));
    assertThat(StudentT.logGamma(5)).isCloseTo(Math.log(24), within(1e-13));
    assertThat(StudentT.logGamma(.1)).isCloseTo(2.252712651734206, within(1e-12));
  }

  @Test
  void pairedTests() {
    PairedTest test = PairedTest.of(new double[] {3, 4, 6, 9}, new double[] {1, 3, 5, 5});
    // differences 2 1 1 4: mean 2, deviation sqrt 2
    assertThat(test.t()).isCloseTo(2 / (Math.sqrt(2) / 2), within(1e-12));
    assertThat(test.degrees()).isEqualTo(3);
    assertThat(test.p()).isCloseTo(.0662957, within(1e-3));
    assertThat(PairedTest.of(new double[] {1, 2}, new double[] {1, 2}).p()).isEqualTo(1);
    assertThat(PairedTest.of(new double[] {1, 2}, new double[] {0, 1}).p()).isZero();
  }
}
