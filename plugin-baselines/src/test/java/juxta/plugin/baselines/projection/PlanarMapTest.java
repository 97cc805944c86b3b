package juxta.plugin.baselines.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

class PlanarMapTest {
  private static Matrix noise(int n, int d, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Matrix(n, d, values);
  }

  /** Three blobs in ten dimensions, one after the other in turn. */
  private static Matrix blobs(int n) {
    Matrix points = noise(n, 10, 3);
    for (int i = 0; i < n; i++) {
      points.values()[i * 10 + i % 3] += 12;
    }
    return points;
  }

  private static double square(Matrix m, int a, int b) {
    double sum = 0;
    for (int j = 0; j < m.columns(); j++) {
      sum += Math.pow((double) m.at(a, j) - m.at(b, j), 2);
    }
    return sum;
  }

  @Test
  void pointsOfAPlaneKeepTheirDistances() {
    Random random = new Random(1);
    double[][] axes = new double[2][9];
    for (int j = 0; j < 9; j++) {
      axes[0][j] = random.nextGaussian();
      axes[1][j] = random.nextGaussian();
    }
    float[] values = new float[40 * 9];
    for (int i = 0; i < 40; i++) {
      double a = 3 * random.nextGaussian();
      double b = random.nextGaussian();
      for (int j = 0; j < 9; j++) {
        values[i * 9 + j] = (float) (a * axes[0][j] + b * axes[1][j] + 5);
      }
    }
    Matrix points = new Matrix(40, 9, values);
    PlanarMap map = PlanarMap.of(points, new TSne(5, 0));
    for (int i = 0; i < 40; i++) {
      assertThat(square(map.components(), i, 0)).isCloseTo(square(points, i, 0), within(1e-3));
    }
    assertThat(map.share()[0] + map.share()[1]).isCloseTo(1, within(1e-9));
    assertThat(map.share()[0]).isGreaterThan(map.share()[1]);
  }

  @Test
  void axesAreThoseOfTheCovariance() {
    Matrix points = noise(60, 3, 2);
    for (int i = 0; i < 60; i++) { // variances 25, 4, 1 along the dimensions, about
      points.values()[3 * i] *= 5;
      points.values()[3 * i + 1] *= 2;
    }
    PlanarMap map = PlanarMap.of(points, new TSne(5, 0));
    double[] first = new double[3]; // direction along which the first coordinate changes
    double total = 0;
    double along = 0;
    double[] mean = new double[3];
    for (int i = 0; i < 180; i++) {
      mean[i % 3] += points.values()[i] / 60.0;
    }
    for (int i = 0; i < 60; i++) {
      double y = map.components().at(i, 0);
      along += y * y;
      for (int j = 0; j < 3; j++) {
        double x = points.at(i, j) - mean[j];
        first[j] += x * y;
        total += x * x;
      }
    }
    // X'Xv = lambda v: the direction is an eigenvector, and lambda its share
    double norm = Math.sqrt(first[0] * first[0] + first[1] * first[1] + first[2] * first[2]);
    assertThat(Math.abs(first[0]) / norm).isGreaterThan(.98);
    assertThat(map.share()[0]).isCloseTo(along / total, within(1e-6));
  }

  @Test
  void affinitiesHaveThePerplexity() {
    Gram gram = Gram.of(noise(80, 6, 5));
    double[] p = Affinities.of(gram, 12);
    double sum = 0;
    for (int i = 0; i < 80; i++) {
      assertThat(p[i * 80 + i]).isZero();
      for (int j = 0; j < 80; j++) {
        assertThat(p[i * 80 + j]).isEqualTo(p[j * 80 + i]).isNotNegative();
        sum += p[i * 80 + j];
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    // a regular simplex: all others are equally near, whatever the precision
    float[] corners = new float[16];
    for (int i = 0; i < 4; i++) {
      corners[5 * i] = 1;
    }
    double[] even = Affinities.of(Gram.of(new Matrix(4, 4, corners)), 2);
    assertThat(even[1]).isCloseTo(1 / 12.0, within(1e-12));
  }

  @Test
  void theGradientIsThatOfTheDivergence() {
    double[] p = Affinities.of(Gram.of(noise(9, 4, 6)), 2.5);
    Random random = new Random(7);
    double[] y = random.doubles(18, -1, 1).toArray();
    double[] gradient = TSne.gradient(p, y, 1);
    for (int i = 0; i < 18; i++) {
      double kept = y[i];
      y[i] = kept + 1e-5;
      double above = divergence(p, y);
      y[i] = kept - 1e-5;
      double below = divergence(p, y);
      y[i] = kept;
      assertThat(gradient[i]).isCloseTo((above - below) / 2e-5, within(1e-7));
    }
  }

  private static double divergence(double[] p, double[] y) {
    int n = y.length / 2;
    double z = 0;
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double q =
              1 / (1 + Math.pow(y[2 * i] - y[2 * j], 2) + Math.pow(y[2 * i + 1] - y[2 * j + 1], 2));
          if (i != j && pass == 0) {
            z += q;
          } else if (i != j) {
            sum += p[i * n + j] * Math.log(p[i * n + j] / (q / z));
          }
        }
      }
    }
    return sum;
  }

  @Test
  void neighboursStayTogether() {
    Matrix points = blobs(120);
    Matrix map = PlanarMap.of(points, new TSne(10, 400)).neighbours();
    int right = 0;
    for (int i = 0; i < 120; i++) {
      int nearest = i == 0 ? 1 : 0;
      for (int j = 0; j < 120; j++) {
        nearest = j != i && square(map, i, j) < square(map, i, nearest) ? j : nearest;
      }
      right += nearest % 3 == i % 3 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(117);
    assertThat(divergence(points, map)).isLessThan(.6 * divergence(points, start(points)));
  }

  private static Matrix start(Matrix points) {
    return PlanarMap.of(points, new TSne(10, 0)).neighbours();
  }

  private static double divergence(Matrix points, Matrix map) {
    double[] y = new double[map.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = map.values()[i];
    }
    double[] p = Affinities.of(Gram.of(points), 10);
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.max(p[i], 1e-300);
    }
    return divergence(p, y);
  }

  @Test
  void isTheSameWhateverTheThreads() throws Exception {
    Matrix points = blobs(50);
    TSne tsne = new TSne(8, 60);
    PlanarMap here = PlanarMap.of(points, tsne);
    for (int threads : new int[] {1, 5}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        PlanarMap there = pool.submit(() -> PlanarMap.of(points, tsne)).get();
        assertThat(there.components().values()).isEqualTo(here.components().values());
        assertThat(there.neighbours().values()).isEqualTo(here.neighbours().values());
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void pointsThatAreAllEqualAreMappedToOnePlace() {
    PlanarMap map = PlanarMap.of(new Matrix(6, 2, new float[12]), new TSne(30, 20));
    assertThat(map.components().values()).containsOnly(0);
    assertThat(map.neighbours().values()).containsOnly(0);
    assertThatThrownBy(() -> PlanarMap.of(new Matrix(3, 2, new float[6]), TSne.DEFAULT))
        .hasMessageContaining("3 points are too few");
    assertThatThrownBy(() -> new TSne(.5, 10)).isInstanceOf(IllegalArgumentException.class);
  }
}
