package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
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
  void collapsedEmbeddingsAreFound() {
    Random random = new Random(1);
    EmbeddingHealth even = EmbeddingHealth.of(normal(random, 2000, 16, 16));
    assertThat(even.deviation()).isCloseTo(even.evenDeviation(), within(.01));
    assertThat(even.effectiveRank()).isBetween(15.5, 16.0);
    EmbeddingHealth flat = EmbeddingHealth.of(normal(random, 500, 16, 2));
    assertThat(flat.effectiveRank()).isCloseTo(2, within(.05));
    EmbeddingHealth wide = EmbeddingHealth.of(normal(random, 10, 64, 64));
    assertThat(wide.effectiveRank()).isBetween(8.0, 9.0); // ten centred rows have rank 9
    float[] same = new float[64];
    Arrays.fill(same, 3);
    EmbeddingHealth collapsed = EmbeddingHealth.of(new Matrix(16, 4, same));
    assertThat(collapsed.deviation()).isCloseTo(0, within(1e-7));
    assertThat(collapsed.effectiveRank()).isZero();
  }

  /** Rows of which only the first dimensions are used. */
  private static Matrix normal(Random random, int rows, int columns, int used) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % columns < used ? (float) random.nextGaussian() : 0;
    }
    return new Matrix(rows, columns, values);
  }

  @Test
  void eigenvaluesOfKnownMatrices() {
    assertThat(SymmetricEigenvalues.of(new double[][] {{5}})).containsExactly(5);
    double[] two = SymmetricEigenvalues.of(new double[][] {{2, 1}, {1, 2}});
    Arrays.sort(two);
    assertThat(two).containsExactly(new double[] {1, 3}, within(1e-12));
    int n = 30; // second differences: 2 - 2 cos(pi k / (n + 1)), hidden behind a rotation
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = 2;
      if (i > 0) {
        a[i][i - 1] = -1;
        a[i - 1][i] = -1;
      }
    }
    double[] found = SymmetricEigenvalues.of(reflected(a));
    Arrays.sort(found);
    for (int k = 1; k <= n; k++) {
      assertThat(found[k - 1]).isCloseTo(2 - 2 * Math.cos(Math.PI * k / (n + 1)), within(1e-12));
    }
    assertThat(SymmetricEigenvalues.of(new double[4][4])).containsOnly(0);
  }

  /** H a H with H = I - 2 v v^T: the same eigenvalues, no zeros. */
  private static double[][] reflected(double[][] a) {
    int n = a.length;
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        h[i][j] = (i == j ? 1 : 0) - 2.0 / n;
      }
    }
    return product(product(h, a), h);
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        for (int k = 0; k < a.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
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
