package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TFloat32;

class PoolingTest {
  private static float gem(double p, float... values) {
    return pooled("gem", p, values);
  }

  private static float pooled(String kind, double p, float... values) {
    return Graphs.floats(
        scope ->
            Pooling.of(scope, kind, p, false)
                .apply(Graphs.tensor(scope, values, 1, 2, values.length / 2, 1)))[0];
  }

  @Test
  void gemLiesBetweenMeanAndMaximum() {
    assertThat(gem(3, 1, 2, 3, 4)).isCloseTo(2.9240177f, within(1e-5f));
    assertThat(gem(1, 1, 2, 3, 4)).isCloseTo(2.5f, within(1e-5f));
    assertThat(gem(100, 1, 2, 3, 4)).isCloseTo(4, within(0.06f)); // 4 / 4^(1/100)
    float before = 0;
    for (double p : List.of(0.5, 1.0, 2.0, 3.0, 7.0, 30.0)) {
      float now = gem(p, 1, 2, 3, 4);
      assertThat(now).isGreaterThan(before);
      before = now;
    }
    assertThat(pooled("spoc", 0, 1, 2, 3, 4)).isEqualTo(2.5f);
    assertThat(pooled("mac", 0, 1, 2, 3, 4)).isEqualTo(4);
  }

  /** Dead maps are 1e-6, not 0 or no number, at any exponent. */
  @Test
  void gemOfNothingIsFinite() {
    assertThat(gem(3, 0, 0, 0, 0)).isCloseTo(1e-6f, within(1e-9f));
    assertThat(gem(50, 0, 0, 0, 0)).isCloseTo(1e-6f, within(1e-9f));
    assertThat(gem(50, 0, 0, 0, 1e-5f)).isPositive().isLessThan(1e-5f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gem", "mac", "spoc", "rmac"})
  void gradientsAgreeWithDifferences(String kind) {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            3,
            List.of(new long[] {2, 4, 6, 2}, new long[] {2, 2}),
            (scope, in) -> {
              var tf = scope.tf();
              // apart from 0 and from each other, so that differences cross no corner
              var f = tf.math.add(tf.math.square(in.get(0)), tf.constant(0.5f));
              var pooled = Pooling.of(scope, kind, 3, true).apply(f);
              return tf.reduceSum(tf.math.mul(pooled, in.get(1)), scope.ints(0, 1));
            });
    assertThat(findings).isNotEmpty();
    assertThat(findings.stream().anyMatch(f -> f.parameter().equals("p")))
        .isEqualTo(kind.equals("gem"));
    findings.forEach(f -> assertThat(f.error()).as(f.toString()).isLessThan(1e-3));
  }

  /** Side, first row and first column of every region. */
  private static List<int[]> regions(int height, int width) {
    List<int[]> regions = new ArrayList<>();
    for (int level = 1; level <= RegionalMax.LEVELS; level++) {
      int l = level;
      float[][] found =
          Graphs.all(
                  scope -> {
                    var tf = scope.tf();
                    Regions r = Regions.of(scope, tf.constant(height), tf.constant(width), l);
                    return List.of(
                        tf.dtypes.cast(r.side(), TFloat32.class),
                        tf.dtypes.cast(r.rows(), TFloat32.class),
                        tf.dtypes.cast(r.columns(), TFloat32.class));
                  })
              .toArray(float[][]::new);
      for (float row : found[1]) {
        for (float column : found[2]) {
          regions.add(new int[] {(int) found[0][0], (int) row, (int) column});
        }
      }
    }
    return regions;
  }

  @ParameterizedTest
  @CsvSource({"7, 7, 14", "24, 32, 20", "32, 24, 20", "16, 32, 26", "32, 16, 26"})
  void regionsLieInsideTheMap(int height, int width, int count) {
    List<int[]> regions = regions(height, width);
    assertThat(regions).hasSize(count);
    for (int[] region : regions) {
      assertThat(region[1]).isBetween(0, height - region[0]);
      assertThat(region[2]).isBetween(0, width - region[0]);
    }
  }

  @Test
  void squaresHaveSidesByLevel() {
    assertThat(regions(7, 7).stream().map(region -> region[0]).distinct()).containsExactly(7, 4, 3);
  }

  /** The sum of the unit maxima of the whole map and of each region, by hand. */
  @ParameterizedTest
  @CsvSource({"7, 7", "5, 9", "3, 1", "1, 1"})
  void rmacAddsUpItsRegions(int height, int width) {
    java.util.Random random = new java.util.Random(height + width);
    float[] f = new float[height * width * 2];
    for (int i = 0; i < f.length; i++) {
      f[i] = random.nextFloat();
    }
    List<int[]> all = new ArrayList<>();
    regions(height, width).stream()
        .filter(r -> r[0] > 0)
        .forEach(r -> all.add(new int[] {r[1], r[2], r[1] + r[0], r[2] + r[0]}));
    all.add(new int[] {0, 0, height, width});
    double[] sum = new double[2];
    for (int[] box : all) {
      double[] most = new double[2];
      for (int y = box[0]; y < box[2]; y++) {
        for (int x = box[1]; x < box[3]; x++) {
          for (int c = 0; c < 2; c++) {
            most[c] = Math.max(most[c], f[(y * width + x) * 2 + c]);
          }
        }
      }
      double norm = Math.hypot(most[0], most[1]) + 1e-6;
      sum[0] += most[0] / norm;
      sum[1] += most[1] / norm;
    }
    float[] found =
        Graphs.floats(
            scope ->
                Pooling.of(scope, "rmac", 3, false)
                    .apply(Graphs.tensor(scope, f, 1, height, width, 2)));
    assertThat(found[0]).isCloseTo((float) sum[0], within(1e-4f));
    assertThat(found[1]).isCloseTo((float) sum[1], within(1e-4f));
  }
}
