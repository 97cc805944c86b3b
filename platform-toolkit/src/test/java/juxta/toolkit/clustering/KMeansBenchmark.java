package juxta.toolkit.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

/**
 * Compares rounds of k-means that only look at points which may have changed their cluster with
 * rounds that look at all of them, in turn, from the same starts. Points are normal in a few
 * directions of many, as features of images are. Not among the tests that always run; start it with
 *
 * <pre>
 * ./mvnw -pl platform-toolkit -am test -Dtest=KMeansBenchmark \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dtest.java=-XX:+UseSerialGC \
 *   -Drows=60000 -Dfeatures=512 -Dclusters=10
 * </pre>
 *
 * <p>The numbers shown are the defaults.
 */
class KMeansBenchmark {
  private static final int STARTS = 4;
  private static final int DIRECTIONS = 10;

  @Test
  void doubtfulPointsAgainstAll() {
    int rows = Integer.getInteger("rows", 60_000);
    int features = Integer.getInteger("features", 512);
    int clusters = Integer.getInteger("clusters", 10);
    Matrix points = points(rows, features);
    PointBlocks blocks = PointBlocks.of(points);
    for (int start = 0; start < STARTS; start++) {
      float[] plain = KMeansPlusPlus.centres(points, blocks, clusters, new SplittableRandom(start));
      float[] fast = plain.clone();
      long begin = System.nanoTime();
      int[] labels = PlainRounds.run(plain, points, 300, 0);
      long between = System.nanoTime();
      Clusters found = Lloyd.from(fast, points, blocks).run(300, 0);
      long end = System.nanoTime();
      assertThat(found.assignments()).isEqualTo(labels);
      assertThat(fast).isEqualTo(plain);
      System.out.printf(
          Locale.ROOT,
          "%,d points of %d features, %d clusters, %d rounds: all %.2f s, doubtful %.2f s, ratio"
              + " %.2f%n",
          rows,
          features,
          clusters,
          found.rounds(),
          (between - begin) / 1e9,
          (end - between) / 1e9,
          (between - begin) / (double) (end - between));
    }
  }

  private static Matrix points(int rows, int features) {
    float[] places = Blobs.noise(rows, DIRECTIONS, 1).values();
    float[] directions = Blobs.noise(DIRECTIONS, features, 2).values();
    float[] values = Blobs.noise(rows, features, 3).values();
    for (int i = 0; i < rows; i++) {
      for (int a = 0; a < DIRECTIONS; a++) {
        for (int j = 0; j < features; j++) {
          values[i * features + j] += places[i * DIRECTIONS + a] * directions[a * features + j];
        }
      }
    }
    return new Matrix(rows, features, values);
  }
}
