package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import juxta.api.Matrix;
import juxta.testkit.Conformance;
import juxta.toolkit.metrics.Rows;
import org.junit.jupiter.api.Test;

class WhiteningMapTest {
  /** Rows of correlated numbers around a mean of their own. */
  private static Matrix drawn(long seed, int rows, int columns) {
    Random random = new Random(seed);
    float[] mix = new float[columns * columns];
    for (int i = 0; i < mix.length; i++) {
      mix[i] = (float) random.nextGaussian();
    }
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns; i++) {
        double z = random.nextGaussian();
        for (int j = 0; j < columns; j++) {
          values[row * columns + j] += (float) (z * mix[i * columns + j]);
        }
      }
      for (int j = 0; j < columns; j++) {
        values[row * columns + j] += j;
      }
    }
    return new Matrix(rows, columns, values);
  }

  private static double[] covariance(Matrix x) {
    return DescriptorMoments.covariance(x, DescriptorMoments.mean(x)).values();
  }

  private static void assertIdentity(double[] matrix, int n, double tolerance) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(matrix[i * n + j]).isCloseTo(i == j ? 1 : 0, within(tolerance));
      }
    }
  }

  @Test
  void fullyWhitenedRowsHaveZeroMeanAndNoCorrelation() {
    Matrix x = drawn(1, 200, 6);
    Matrix white = Whitening.pca(x, 0.5, 6).apply(x);
    for (double mean : DescriptorMoments.mean(white)) {
      assertThat(mean).isCloseTo(0, within(1e-5));
    }
    assertIdentity(covariance(white), 6, 1e-4);
  }

  @Test
  void lesserPowersLeaveSomeVariance() {
    Matrix x = drawn(2, 200, 5);
    double[] rotated = covariance(Whitening.pca(x, 0, 5).apply(x));
    double[] half = covariance(Whitening.pca(x, 0.25, 5).apply(x));
    for (int i = 0; i < 5; i++) {
      assertThat(half[i * 5 + i]).isCloseTo(Math.sqrt(rotated[i * 5 + i]), within(1e-3));
      assertThat(i == 0 ? Double.MAX_VALUE : rotated[(i - 1) * 6])
          .isGreaterThanOrEqualTo(rotated[i * 6]);
    }
  }

  /** scikit-learn's PCA(whiten=True), up to the sign of each column. */
  @Test
  void agreesWithScikitLearn() {
    JsonNode vector = Conformance.read("pca_whitening");
    Matrix fit = new Matrix(60, 8, Conformance.floats(vector.get("inputs").get("fit")));
    Matrix rows = new Matrix(5, 8, Conformance.floats(vector.get("inputs").get("rows")));
    Matrix found = Rows.unit(Whitening.pca(fit, 0.5, 4).apply(rows));
    float[] expected = Conformance.floats(vector.get("expected").get("projected"));
    for (int column = 0; column < 4; column++) {
      float sign = Math.signum(found.at(0, column) * expected[column]);
      for (int row = 0; row < 5; row++) {
        assertThat(sign * found.at(row, column))
            .isCloseTo(expected[row * 4 + column], within(1e-4f));
      }
    }
  }

  /** Three descriptors of length 10 span two directions; the others become zeros, not noise. */
  @Test
  void directionsThatAreNotSpannedAreDropped() {
    Matrix x = drawn(3, 3, 10);
    Whitening whitening = Whitening.pca(x, 0.5, 10);
    Matrix white = whitening.apply(x);
    for (int row = 0; row < 3; row++) {
      for (int column = 2; column < 10; column++) {
        assertThat(white.at(row, column)).isZero();
      }
    }
    assertThat(Math.abs(white.at(0, 1))).isGreaterThan(0.01f);
  }

  @Test
  void matchingPairsDifferAlikeInAllDirections() {
    Matrix x = drawn(4, 80, 5);
    int[] a = new int[40];
    int[] b = new int[40];
    for (int i = 0; i < 40; i++) {
      a[i] = 2 * i;
      b[i] = 2 * i + 1;
    }
    Matrix white = Whitening.supervised(x, a, b).apply(x);
    assertIdentity(
        DescriptorMoments.scatter(DescriptorMoments.difference(white, a, b)).values(), 5, 1e-3);
    // around the mean of the queries, the directions come apart by variance, largest first
    double[] scatter =
        DescriptorMoments.scatter(DescriptorMoments.centred(white, new double[5])).values();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(scatter[i * 5 + j]).isCloseTo(0, within(1e-2 * scatter[0]));
      }
      assertThat(i == 0 ? Double.MAX_VALUE : scatter[(i - 1) * 6])
          .isGreaterThanOrEqualTo(scatter[i * 6]);
    }
  }

  /** Fewer pairs than directions: the diagonal is raised until a factor exists. */
  @Test
  void fewPairsAreEnough() {
    Matrix x = drawn(5, 6, 8);
    Matrix white = Whitening.supervised(x, new int[] {0, 2}, new int[] {1, 3}).apply(x);
    for (float value : white.values()) {
      assertThat(value).isFinite();
    }
    assertThatThrownBy(() -> Whitening.supervised(x, new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Whitening.pca(Rows.slice(x, 0, 1), 0.5, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
