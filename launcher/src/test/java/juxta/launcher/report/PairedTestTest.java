package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedTestTest {
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
    assertThat(PairedTest.twoSided(t, degrees)).isCloseTo(p, within(1e-9));
    assertThat(PairedTest.twoSided(-t, degrees)).isCloseTo(p, within(1e-9));
  }

  @Test
  void pairs() {
    PairedTest test = PairedTest.of(new double[] {3, 4, 6, 9}, new double[] {1, 3, 5, 5});
    // differences 2 1 1 4: mean 2, deviation sqrt 2
    assertThat(test.t()).isCloseTo(2 / (Math.sqrt(2) / 2), within(1e-12));
    assertThat(test.degrees()).isEqualTo(3);
    assertThat(test.p()).isCloseTo(.0662957, within(1e-3));
    assertThat(PairedTest.of(new double[] {1, 2}, new double[] {1, 2}).p()).isEqualTo(1);
    assertThat(PairedTest.of(new double[] {1, 2}, new double[] {0, 1}).p()).isZero();
  }
}
