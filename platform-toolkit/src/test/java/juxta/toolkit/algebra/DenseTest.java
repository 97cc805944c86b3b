package juxta.toolkit.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTest {
  private static Dense drawn(int rows, int columns, long seed) {
    return new Dense(
        rows, columns, new Random(seed).doubles((long) rows * columns, -1, 1).toArray());
  }

  /** A B of any matrices, as it is defined. */
  private static Dense product(Dense a, Dense b) {
    double[] values = new double[a.rows() * b.columns()];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        for (int k = 0; k < a.columns(); k++) {
          values[i * b.columns() + j] += a.at(i, k) * b.at(k, j);
        }
      }
    }
    return new Dense(a.rows(), b.columns(), values);
  }

  private static Dense transposed(Dense a) {
    double[] values = new double[a.values().length];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        values[j * a.rows() + i] = a.at(i, j);
      }
    }
    return new Dense(a.columns(), a.rows(), values);
  }

  private static Dense identity(int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return new Dense(n, n, values);
  }

  private static void assertClose(Dense found, Dense expected) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    assertThat(found.values()).containsExactly(expected.values(), within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 40})
  void productsAreThoseOfTheDefinition(int n) {
    Dense a = drawn(n, 5, n);
    Dense b = drawn(n, 7, n + 1);
    assertClose(a.transposedTimes(b), product(transposed(a), b));
    assertClose(transposed(a).timesTransposed(transposed(b)), product(transposed(a), b));
    assertClose(a.scaled(-2).scaled(-.5), a);
  }

  @Test
  void eigenvaluesOfKnownMatrices() {
    assertThat(new Dense(1, 1, new double[] {-5}).eigen().values()).containsExactly(-5);
    SymmetricEigen two = new Dense(2, 2, new double[] {2, 1, 1, 2}).eigen();
    double half = Math.sqrt(.5);
    assertThat(two.values()).containsExactly(new double[] {3, 1}, within(1e-12));
    assertThat(Math.abs(two.vectors().at(0, 1))).isCloseTo(half, within(1e-12));
    assertThat(two.vectors().at(0, 0)).isCloseTo(half, within(1e-12));
    assertThat(two.vectors().at(1, 0)).isCloseTo(half, within(1e-12));
    int n = 30; // second differences: 2 - 2 cos(pi k / (n + 1)), hidden behind a reflection
    double[] differences = new double[n * n];
    double[] reflection = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        differences[i * n + j] = i == j ? 2 : Math.abs(i - j) == 1 ? -1 : 0;
        reflection[i * n + j] = (i == j ? 1 : 0) - 2.0 / n;
      }
    }
    Dense h = new Dense(n, n, reflection);
    Dense hidden = product(product(h, new Dense(n, n, differences)), h);
    double[] found = hidden.eigen().values();
    for (int k = 1; k <= n; k++) {
      assertThat(found[n - k]).isCloseTo(2 - 2 * Math.cos(Math.PI * k / (n + 1)), within(1e-12));
    }
    assertThat(new Dense(4, 4, new double[16]).eigen().values()).containsOnly(0);
  }

  /** A V = V diag(values), V'V = I, values fall, and each vector's largest element is positive. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 25, 60})
  void eigenvectorsAreThoseOfTheirDefinition(int n) {
    Dense any = drawn(n, n, 10 + n);
    Dense a = product(any, transposed(any)); // symmetric
    a.values()[0] -= 3; // with values of both signs
    SymmetricEigen eigen = a.eigen();
    Dense v = eigen.vectors();
    double[] scaled = v.values().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= eigen.values()[i % n];
    }
    assertClose(product(a, v), new Dense(n, n, scaled));
    assertClose(product(transposed(v), v), identity(n));
    for (int i = 0; i < n; i++) {
      assertThat(i == 0 ? Double.MAX_VALUE : eigen.values()[i - 1])
          .isGreaterThanOrEqualTo(eigen.values()[i]);
      double largest = 0;
      for (int row = 0; row < n; row++) {
        largest = Math.abs(v.at(row, i)) > Math.abs(largest) ? v.at(row, i) : largest;
      }
      assertThat(largest).isPositive();
    }
  }

  @Test
  void theFactorOfAKnownMatrix() {
    // [[4, 2], [2, 3]] = L L' with L = [[2, 0], [1, sqrt 2]]
    double root = Math.sqrt(2);
    Dense inverse = new Dense(2, 2, new double[] {4, 2, 2, 3}).inverseCholesky().orElseThrow();
    assertThat(inverse.values())
        .containsExactly(new double[] {.5, 0, -.5 / root, 1 / root}, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 33})
  void inverseFactorsTurnTheMatrixIntoTheIdentity(int n) {
    Dense any = drawn(n + 3, n, 20 + n);
    Dense a = product(transposed(any), any);
    Dense p = a.inverseCholesky().orElseThrow();
    assertClose(product(product(p, a), transposed(p)), identity(n));
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        assertThat(p.at(i, j)).isZero();
      }
    }
  }

  @Test
  void matricesWithoutAFactorHaveNone() {
    assertThat(new Dense(2, 2, new double[] {1, 2, 2, 1}).inverseCholesky()).isEmpty();
    assertThat(new Dense(2, 2, new double[4]).inverseCholesky()).isEmpty();
  }

  @Test
  void shapesAreChecked() {
    assertThatThrownBy(() -> new Dense(2, 2, new double[3]))
        .hasMessageContaining("3 values for 2 x 2");
    assertThatThrownBy(() -> drawn(2, 3, 1).eigen()).hasMessageContaining("2 x 3 is not square");
    assertThatThrownBy(() -> drawn(2, 3, 1).inverseCholesky())
        .hasMessageContaining("2 x 3 is not square");
  }
}
