package juxta.toolkit.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.toolkit.Conformance;
import juxta.toolkit.metrics.Classification;
import org.junit.jupiter.api.Test;

class ContingencyTest {
  private static final double EXACT = 1e-12;

  private static int[] drawn(Random random, int n, int bound) {
    return IntStream.range(0, n).map(i -> random.nextInt(bound)).toArray();
  }

  private static int[] ints(JsonNode numbers) {
    return Arrays.stream(Conformance.numbers(numbers)).mapToInt(x -> (int) x).toArray();
  }

  private static int[] permutation(Random random, int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private static void scores(
      int[] clusters, int[] classes, double accuracy, double nmi, double ari) {
    Contingency found = Contingency.of(clusters, classes);
    assertThat(found.matchedAccuracy()).isCloseTo(accuracy, within(EXACT));
    assertThat(found.mutualInformation()).isCloseTo(nmi, within(1e-6));
    assertThat(found.adjustedRand()).isCloseTo(ari, within(1e-6));
  }

  @Test
  void agreesWithScikitLearn() throws Exception {
    JsonNode vector = Conformance.read("clustering");
    int[] classes = ints(vector.path("inputs").path("labels"));
    int[] clusters = ints(vector.path("inputs").path("clusters"));
    Contingency found = Contingency.of(clusters, classes);
    JsonNode expected = vector.path("expected");
    double tolerance = vector.path("tolerance").asDouble();
    assertThat(found.matchedAccuracy())
        .isCloseTo(expected.path("accuracy").asDouble(), within(tolerance));
    assertThat(found.mutualInformation())
        .isCloseTo(expected.path("nmi").asDouble(), within(tolerance));
    assertThat(found.adjustedRand()).isCloseTo(expected.path("ari").asDouble(), within(tolerance));
  }

  @Test
  void smallCasesAreExact() {
    int[] y = {0, 0, 1, 1};
    scores(new int[] {1, 1, 0, 0}, y, 1, 1, 1);
    scores(new int[] {0, 1, 2, 3}, y, .5, 2.0 / 3, 0);
    scores(new int[4], y, .5, 0, 0);
    scores(new int[4], new int[4], 1, 1, 1);
    scores(new int[] {0, 1, 2}, new int[3], 1.0 / 3, 0, 0);
    Contingency six = Contingency.of(new int[] {0, 0, 1, 1, 1, 1}, new int[] {0, 0, 0, 1, 1, 1});
    assertThat(six.mutualInformation()).isCloseTo(0.478704, within(1e-6));
    assertThat(six.adjustedRand()).isCloseTo(0.324324, within(1e-6));
    scores(new int[1], new int[1], 1, 1, 1);
  }

  @Test
  void namesOfClustersAndClassesAndTheOrderDoNotMatter() {
    Random random = new Random(4);
    for (int trial = 0; trial < 200; trial++) {
      int n = 1 + random.nextInt(60);
      int[] clusters = drawn(random, n, 1 + random.nextInt(7));
      int[] classes = drawn(random, n, 1 + random.nextInt(7));
      int[] newClusters = permutation(random, 9);
      int[] newClasses = permutation(random, 9);
      int[] order = permutation(random, n);
      Contingency found = Contingency.of(clusters, classes);
      Contingency renamed =
          Contingency.of(
              IntStream.of(order).map(i -> newClusters[clusters[i]]).toArray(),
              IntStream.of(order).map(i -> newClasses[classes[i]]).toArray());
      assertThat(renamed.matchedAccuracy()).isEqualTo(found.matchedAccuracy());
      assertThat(renamed.mutualInformation()).isCloseTo(found.mutualInformation(), within(EXACT));
      assertThat(renamed.adjustedRand()).isCloseTo(found.adjustedRand(), within(EXACT));
      assertThat(renamed.majority()).isEqualTo(found.majority());
      Contingency turned = Contingency.of(classes, clusters);
      assertThat(turned.mutualInformation()).isCloseTo(found.mutualInformation(), within(EXACT));
      assertThat(turned.adjustedRand()).isCloseTo(found.adjustedRand(), within(EXACT));
      assertThat(turned.matchedAccuracy()).isEqualTo(found.matchedAccuracy());
    }
  }

  @Test
  void scoresAreBounded() {
    Random random = new Random(5);
    for (int trial = 0; trial < 300; trial++) {
      int n = 1 + random.nextInt(50);
      int k = 1 + random.nextInt(6);
      int[] clusters = drawn(random, n, k);
      int[] classes = drawn(random, n, 1 + random.nextInt(6));
      Contingency found = Contingency.of(clusters, classes);
      double mapped =
          Classification.accuracy(ClassMap.of(clusters, classes, k).predict(clusters), classes);
      assertThat(found.matchedAccuracy()).isBetween(0.0, mapped);
      assertThat(mapped).isBetween(found.majority(), 1.0);
      assertThat(found.mutualInformation()).isBetween(0.0, 1.0);
      assertThat(found.adjustedRand()).isBetween(-1.0, 1.0);
      assertThat(Contingency.of(classes, classes).adjustedRand()).isEqualTo(1);
      assertThat(Contingency.of(classes, classes).mutualInformation()).isCloseTo(1, within(EXACT));
    }
  }

  @Test
  void theAdjustedRandIndexIsZeroByChance() {
    Random random = new Random(6);
    double sum = 0;
    for (int trial = 0; trial < 300; trial++) {
      sum += Contingency.of(drawn(random, 80, 4), drawn(random, 80, 3)).adjustedRand();
    }
    assertThat(sum / 300).isCloseTo(0, within(.005));
  }

  @Test
  void theAdjustedRandIndexCountsPairs() {
    Random random = new Random(7);
    for (int trial = 0; trial < 50; trial++) {
      int n = 4 + random.nextInt(12);
      int[] a = drawn(random, n, 3);
      int[] b = drawn(random, n, 3);
      double both = 0;
      double inA = 0;
      double inB = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          both += a[i] == a[j] && b[i] == b[j] ? 1 : 0;
          inA += a[i] == a[j] ? 1 : 0;
          inB += b[i] == b[j] ? 1 : 0;
        }
      }
      double expected = inA * inB / (n * (n - 1) / 2.0);
      assertThat(Contingency.of(a, b).adjustedRand())
          .isCloseTo((both - expected) / ((inA + inB) / 2 - expected), within(1e-9));
    }
  }

  @Test
  void recordsWithoutAClassAreNotCounted() {
    Contingency found = Contingency.of(new int[] {0, 2, 1, 0}, new int[] {1, -1, 0, -1});
    assertThat(found.total()).isEqualTo(2);
    assertThat(found.matchedAccuracy()).isEqualTo(1);
    assertThatThrownBy(() -> Contingency.of(new int[] {0, 1}, new int[] {-1, -1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matchingIsAsGoodAsTheBestOfAll() {
    Random random = new Random(8);
    for (int trial = 0; trial < 300; trial++) {
      int rows = 1 + random.nextInt(6);
      int columns = 1 + random.nextInt(6);
      int bound = trial % 2 == 0 ? 3 : 1000; // small weights tie
      long[][] weights = new long[rows][columns];
      for (long[] row : weights) {
        Arrays.setAll(row, j -> random.nextInt(bound));
      }
      int[] match = Hungarian.mostWeight(weights);
      long weight = 0;
      for (int i = 0; i < rows; i++) {
        weight += match[i] < 0 ? 0 : weights[i][match[i]];
      }
      int[] used = IntStream.of(match).filter(j -> j >= 0).toArray();
      assertThat(used).doesNotHaveDuplicates().hasSize(Math.min(rows, columns));
      assertThat(weight).isEqualTo(best(weights, 0, 0));
    }
    assertThat(Hungarian.mostWeight(new long[0][0])).isEmpty();
  }

  private static long best(long[][] weights, int row, int used) {
    if (row == weights.length) {
      return 0;
    }
    long best = best(weights, row + 1, used); // the row is left over
    for (int j = 0; j < weights[row].length; j++) {
      if ((used & 1 << j) == 0) {
        best = Math.max(best, weights[row][j] + best(weights, row + 1, used | 1 << j));
      }
    }
    return best;
  }

  @Test
  void clustersStandForTheClassOfMostMembers() {
    // cluster 3 and 4 are without labelled members; class 1 is that of two clusters
    int[] clusters = {0, 0, 0, 1, 1, 2, 3};
    int[] labels = {2, 2, 1, 1, 0, 1, -1};
    ClassMap map = ClassMap.of(clusters, labels, 5);
    assertThat(map.classes()).containsExactly(2, 0, 1, 0, 0); // ties: the first class
    assertThat(ClassMap.of(new int[] {0, 1, 2}, new int[] {1, 1, 0}, 4).classes())
        .containsExactly(1, 1, 0, 1);
    assertThat(map.predict(new int[] {2, 0, 4})).containsExactly(1, 2, 0);
    int[] each = {0, 1, 2, 3};
    int[] y = {0, 0, 1, 1};
    assertThat(Classification.accuracy(ClassMap.of(each, y, 4).predict(each), y)).isEqualTo(1);
  }
}
