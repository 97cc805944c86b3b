package juxta.toolkit.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

class ClusterSumsTest {
  @Test
  void meansAreThoseOfExactArithmeticAndPointsLeaveNoTrace() {
    for (int trial = 0; trial < 200; trial++) {
      Random random = new Random(trial);
      int k = 1 + random.nextInt(5);
      int n = k + random.nextInt(80);
      int d = 1 + random.nextInt(6);
      float scale = (float) Math.pow(10, random.nextInt(72) - 36);
      Matrix points = Blobs.noise(n, d, trial);
      float[] values = points.values();
      for (int i = 0; i < values.length; i++) {
        values[i] *= scale * (i % d == 0 ? 1e-3f : 1); // dimensions differ in size
      }
      double[] scales = ClusterSums.scales(points);
      ClusterSums sums = ClusterSums.of(points, scales, k);
      int[] labels = new int[n];
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < n; i++) {
          labels[i] = random.nextInt(3) == 0 ? random.nextInt(k) : labels[i];
        }
        sums.update(labels);
      }
      ClusterSums fresh = ClusterSums.of(points, scales, k);
      fresh.update(labels);
      for (int c = 0; c < k; c++) {
        assertThat(sums.size(c)).isEqualTo(fresh.size(c));
        for (int j = 0; j < d && sums.size(c) > 0; j++) {
          assertThat(sums.mean(c, j)).isEqualTo(fresh.mean(c, j));
          float exact = exact(points, labels, c, j).floatValue();
          float largest = largest(points, j);
          assertThat((double) sums.mean(c, j))
              .as("trial %d", trial)
              .isCloseTo(exact, within(2.0 * Math.ulp(exact) + Math.scalb(largest, -45)));
        }
      }
    }
  }

  @Test
  void theLargestFloatsDoNotOverflow() {
    float[] values = new float[1000];
    Arrays.fill(values, Float.MAX_VALUE);
    Matrix points = new Matrix(1000, 1, values);
    ClusterSums sums = ClusterSums.of(points, ClusterSums.scales(points), 1);
    sums.update(new int[1000]);
    assertThat(sums.mean(0, 0)).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void zerosHaveTheMeanZero() {
    Matrix points = new Matrix(3, 1, new float[] {0, -0f, 0});
    ClusterSums sums = ClusterSums.of(points, ClusterSums.scales(points), 1);
    sums.update(new int[3]);
    assertThat(sums.mean(0, 0)).isZero();
  }

  private static BigDecimal exact(Matrix points, int[] labels, int cluster, int dimension) {
    BigDecimal sum = BigDecimal.ZERO;
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == cluster) {
        sum = sum.add(new BigDecimal(points.at(i, dimension)));
        count++;
      }
    }
    return sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
  }

  private static float largest(Matrix points, int dimension) {
    float largest = 0;
    for (int i = 0; i < points.rows(); i++) {
      largest = Math.max(largest, Math.abs(points.at(i, dimension)));
    }
    return largest;
  }
}
