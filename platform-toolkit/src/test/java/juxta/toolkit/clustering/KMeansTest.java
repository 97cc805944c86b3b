package juxta.toolkit.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

class KMeansTest {
  private static double square(Matrix points, int i, Matrix centres, int k) {
    double sum = 0;
    for (int j = 0; j < points.columns(); j++) {
      double off = (double) points.at(i, j) - centres.at(k, j);
      sum += off * off;
    }
    return sum;
  }

  @Test
  void separatedBlobsAreFound() {
    Blobs blobs = Blobs.of(4, 60, 5, 1);
    Clusters clusters = KMeans.of(4, 7).fit(blobs.points());
    int[] name = new int[4];
    Arrays.fill(name, -1);
    for (int i = 0; i < blobs.labels().length; i++) {
      int blob = blobs.labels()[i];
      name[blob] = name[blob] < 0 ? clusters.assignments()[i] : name[blob];
      assertThat(clusters.assignments()[i]).isEqualTo(name[blob]);
    }
    assertThat(name).doesNotHaveDuplicates();
    assertThat(clusters.sizes()).containsOnly(60);
  }

  @Test
  void everyPointHasTheNearestCentreAndCentresAreMeans() {
    for (int trial = 0; trial < 30; trial++) {
      Random random = new Random(trial);
      int k = 1 + random.nextInt(9);
      int n = k + random.nextInt(400);
      int d = 1 + random.nextInt(11);
      Matrix points = Blobs.noise(n, d, trial);
      Clusters found = new KMeans(k, 2, 1000, 0, trial).fit(points);
      double distortion = 0;
      double[][] sums = new double[k][d];
      for (int i = 0; i < n; i++) {
        int own = found.assignments()[i];
        double nearest = square(points, i, found.centres(), own);
        for (int c = 0; c < k; c++) {
          assertThat(nearest).isLessThanOrEqualTo(square(points, i, found.centres(), c) + 1e-4);
        }
        for (int j = 0; j < d; j++) {
          sums[own][j] += points.at(i, j);
        }
        distortion += nearest;
      }
      assertThat(found.distortion()).isCloseTo(distortion, within(1e-9 * (1 + distortion)));
      int[] sizes = found.sizes();
      assertThat(sizes).doesNotContain(0);
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < d; j++) {
          assertThat((double) found.centres().at(c, j))
              .isCloseTo(sums[c][j] / sizes[c], within(1e-5));
        }
      }
    }
  }

  @Test
  void onFewPointsItFindsTheBestPartition() {
    for (int trial = 0; trial < 20; trial++) {
      Matrix points = Blobs.noise(9, 2, 100 + trial);
      double best = Double.POSITIVE_INFINITY;
      for (int code = 0; code < 19683; code++) { // all maps of nine points to three clusters
        best = Math.min(best, scatter(points, code));
      }
      double found = new KMeans(3, 60, 300, 0, trial).fit(points).distortion();
      assertThat(found).isCloseTo(best, within(1e-5));
    }
  }

  /** Sum of squares around the means, of the partition whose digits to base 3 are given. */
  private static double scatter(Matrix points, int code) {
    double[][] sums = new double[3][2];
    int[] sizes = new int[3];
    double squares = 0;
    int rest = code;
    for (int i = 0; i < points.rows(); i++, rest /= 3) {
      sizes[rest % 3]++;
      for (int j = 0; j < 2; j++) {
        sums[rest % 3][j] += points.at(i, j);
        squares += (double) points.at(i, j) * points.at(i, j);
      }
    }
    for (int c = 0; c < 3; c++) {
      if (sizes[c] > 0) {
        squares -= (sums[c][0] * sums[c][0] + sums[c][1] * sums[c][1]) / sizes[c];
      }
    }
    return squares;
  }

  @Test
  void theSameSeedGivesTheSameBitsWhateverTheThreads() throws Exception {
    Matrix points = Blobs.noise(700, 13, 5);
    KMeans kMeans = KMeans.of(6, 11);
    Clusters here = kMeans.fit(points);
    for (int threads : new int[] {1, 3, 8}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        Clusters there = pool.submit(() -> kMeans.fit(points)).get();
        assertThat(there.centres().values()).isEqualTo(here.centres().values());
        assertThat(there.assignments()).isEqualTo(here.assignments());
        assertThat(there.distortion()).isEqualTo(here.distortion());
      } finally {
        pool.shutdown();
      }
    }
    assertThat(new KMeans(6, 1, 300, 1e-4, 12).fit(points).centres().values())
        .isNotEqualTo(new KMeans(6, 1, 300, 1e-4, 13).fit(points).centres().values());
  }

  @Test
  void roundsHaveTheBitsOfLookingAtEveryPoint() {
    for (int trial = 0; trial < 400; trial++) {
      Random random = new Random(trial);
      int k = 1 + random.nextInt(12);
      int n = k + random.nextInt(600);
      int d = 1 + random.nextInt(trial % 4 == 0 ? 90 : 6);
      Matrix points = Blobs.near(n, d, 1 + random.nextInt(2 * k), trial);
      float[] values = points.values();
      float scale = (float) Math.pow(10, new int[] {0, 0, 0, 19, -22, 6}[trial % 6]);
      boolean ties = trial % 3 == 0;
      for (int i = 0; i < values.length; i++) {
        values[i] = scale * (ties ? Math.round(values[i]) : values[i]);
      }
      float[] plain = new float[k * d];
      for (int i = 0; i < plain.length; i++) { // some far away: their clusters are empty
        plain[i] = values[random.nextInt(n) * d + i % d] * (trial % 5 == 0 && i < d ? 50 : 1);
      }
      float[] centres = plain.clone();
      int rounds = 1 + random.nextInt(60);
      int[] labels = PlainRounds.run(plain, points, rounds, 0);
      int groups = 1 + random.nextInt(k);
      Clusters found = Lloyd.from(centres, points, PointBlocks.of(points), groups).run(rounds, 0);
      assertThat(found.centres().values()).as("trial %d", trial).isEqualTo(plain);
      assertThat(found.assignments()).isEqualTo(labels);
    }
  }

  @Test
  void distancesAreThoseOfEachPointAlone() {
    Matrix points = Blobs.near(300, 77, 5, 3);
    Matrix centres = Blobs.noise(5, 77, 9);
    for (int groups : new int[] {1, 2, 3, 5}) {
      PointBlocks.Nearest nearest = new PointBlocks.Nearest(300, groups);
      PointBlocks.of(points).nearest(centres.values(), nearest);
      for (int i = 0; i < 300; i++) {
        double own = square(points, i, centres, nearest.labels[i]);
        assertThat((double) nearest.squares[i]).isCloseTo(own, within(1e-4));
        double[] others = new double[groups];
        Arrays.fill(others, Double.POSITIVE_INFINITY);
        for (int c = 0; c < 5; c++) {
          if (c != nearest.labels[i]) {
            others[c % groups] = Math.min(others[c % groups], square(points, i, centres, c));
            assertThat(own).isLessThanOrEqualTo(square(points, i, centres, c) + 1e-4);
          }
        }
        for (int g = 0; g < groups; g++) {
          float found = nearest.others[i * groups + g];
          if (Double.isInfinite(others[g])) {
            assertThat(found).isInfinite();
          } else {
            assertThat((double) found).isCloseTo(others[g], within(1e-4));
          }
        }
      }
    }
  }

  @Test
  void moreStartsAreNeverWorse() {
    Matrix points = Blobs.noise(300, 4, 8);
    double before = Double.POSITIVE_INFINITY;
    for (int starts : new int[] {1, 2, 5, 20}) {
      double now = KMeans.of(8, 3).restarts(starts).fit(points).distortion();
      assertThat(now).isLessThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void roundsAreBounded() {
    Matrix points = Blobs.noise(500, 3, 2);
    assertThat(new KMeans(9, 1, 3, 0, 1).fit(points).rounds()).isEqualTo(3);
    assertThat(new KMeans(9, 1, 1000, 0, 1).fit(points).rounds()).isBetween(4, 999);
    assertThat(new KMeans(9, 1, 1000, 1e9, 1).fit(points).rounds()).isEqualTo(1);
  }

  @Test
  void anEmptyClusterTakesTheFarthestPoint() {
    // The third centre has no point; the point at 9 is the farthest from its own centre.
    Matrix points = new Matrix(6, 1, new float[] {0, 1, 2, 5, 6, 9});
    float[] centres = {1, 5, 100};
    Clusters found = Lloyd.from(centres, points, PointBlocks.of(points)).run(1, 0);
    assertThat(found.centres().values()).containsExactly(1f, 5.5f, 9f);
    assertThat(found.assignments()).containsExactly(0, 0, 0, 1, 1, 2);
  }

  @Test
  void aPointThatIsAloneIsNotTakenAway() {
    // 50 is the farthest, but alone in its cluster; 3 is next.
    Matrix points = new Matrix(5, 1, new float[] {0, 0, 1, 3, 50});
    float[] centres = {0, 40, 1000};
    Clusters found = Lloyd.from(centres, points, PointBlocks.of(points)).run(1, 0);
    assertThat(found.sizes()).containsExactly(3, 1, 1);
    assertThat(found.centres().at(2, 0)).isEqualTo(3);
  }

  @Test
  void fewerDifferentPointsThanClustersLeaveSomeEmpty() {
    Matrix points = new Matrix(5, 2, new float[] {1, 1, 1, 1, 2, 2, 2, 2, 2, 2});
    Clusters found = KMeans.of(4, 0).fit(points);
    assertThat(found.distortion()).isZero();
    assertThat(Arrays.stream(found.sizes()).sorted().toArray()).containsExactly(0, 0, 2, 3);
    assertThat(found.assign(points)).isEqualTo(found.assignments());
  }

  @Test
  void pointsAreAssignedAsInTraining() {
    Matrix points = Blobs.noise(333, 7, 4);
    Clusters found = KMeans.of(5, 1).fit(points);
    assertThat(found.assign(points)).isEqualTo(found.assignments());
    int[] alone =
        IntStream.range(0, 333)
            .map(i -> found.assign(new Matrix(1, 7, points.row(i)))[0])
            .toArray();
    assertThat(alone).isEqualTo(found.assignments());
    assertThat(
            Clusters.nearest(new Matrix(2, 1, new float[] {1, 1}), new Matrix(1, 1, new float[1])))
        .containsExactly(0);
  }

  @Test
  void longPrototypesDoNotAttract() {
    // h = (.4, .9): the dot product with (3, 0) is larger, the distance from (0, 1) is smaller.
    Matrix prototypes = new Matrix(2, 2, new float[] {3, 0, 0, 1});
    assertThat(Clusters.nearest(prototypes, new Matrix(1, 2, new float[] {.4f, .9f})))
        .containsExactly(1);
  }

  @Test
  void badInputIsRefused() {
    assertThatThrownBy(() -> KMeans.of(3, 0).fit(Blobs.noise(2, 2, 0)))
        .hasMessage("2 points for 3 clusters");
    Matrix points = new Matrix(2, 2, new float[] {0, 0, 1, Float.NaN});
    assertThatThrownBy(() -> KMeans.of(1, 0).fit(points))
        .hasMessage("point 1 has an element that is not finite");
    assertThatThrownBy(() -> KMeans.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    Clusters found = KMeans.of(2, 0).fit(Blobs.noise(9, 2, 0));
    assertThatThrownBy(() -> found.assign(new Matrix(1, 3, new float[3])))
        .hasMessageContaining("points of 3 dimensions, 2 centres of 2");
  }
}
