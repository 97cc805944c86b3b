package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;

class RetrievalRanksTest {
  private static BitSet bits(int... bits) {
    BitSet set = new BitSet();
    for (int bit : bits) {
      set.set(bit);
    }
    return set;
  }

  private static double rank(float[] scores, int... relevant) {
    return RetrievalRanks.rank(scores, bits(relevant)).orElseThrow();
  }

  /** Scores under which candidate 0 has the rank asked for, a row a query. */
  private static Matrix withRanks(int candidates, int... ranks) {
    float[] scores = new float[ranks.length * candidates];
    for (int query = 0; query < ranks.length; query++) {
      for (int i = 1; i < candidates; i++) {
        scores[query * candidates + i] = i < ranks[query] ? 1 : -1;
      }
    }
    return new Matrix(ranks.length, candidates, scores);
  }

  @Test
  void scoresOfKnownRanks() {
    RetrievalRanks ranks = RetrievalRanks.of(withRanks(12, 1, 1, 2, 4, 10), query -> bits(0));
    assertThat(ranks.ranks()).containsExactly(1, 1, 2, 4, 10);
    assertThat(ranks.meanReciprocalRank()).isCloseTo(.57, within(1e-12));
    assertThat(ranks.hitAt(1)).isCloseTo(.4, within(1e-12));
    assertThat(ranks.hitAt(3)).isCloseTo(.6, within(1e-12));
    assertThat(ranks.hitAt(5)).isCloseTo(.8, within(1e-12));
    assertThat(ranks.queries()).isEqualTo(5);
    assertThat(ranks.candidates()).isEqualTo(12);
    assertThat(ranks.excluded()).isZero();
  }

  /** More queries than are multiplied at once; some have nothing to find. */
  @Test
  void aSearchRanksByDotProducts() {
    Random random = new Random(4);
    int d = 3;
    Matrix queries = new Matrix(150, d, new float[150 * d]);
    Matrix candidates = new Matrix(20, d, new float[20 * d]);
    for (float[] values : List.of(queries.values(), candidates.values())) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(7) - 3; // products are whole numbers, so ties are exact
      }
    }
    float[] products = new float[150 * 20];
    for (int i = 0; i < products.length; i++) {
      for (int k = 0; k < d; k++) {
        products[i] += queries.at(i / 20, k) * candidates.at(i % 20, k);
      }
    }
    IntFunction<BitSet> relevant = query -> query % 10 == 0 ? bits() : bits(query % 20, 3);
    RetrievalRanks expected = RetrievalRanks.of(new Matrix(150, 20, products), relevant);
    RetrievalRanks found = RetrievalRanks.search(queries, candidates, relevant);
    assertThat(found.ranks()).containsExactly(expected.ranks());
    assertThat(found.queries()).isEqualTo(135);
    assertThat(found.excluded()).isEqualTo(15);
    assertThat(found.candidates()).isEqualTo(20);
    assertThat(found.chanceOfHit(3)).isEqualTo(expected.chanceOfHit(3));
  }

  @Test
  void aConstantModelScoresChanceAndNotPerfection() {
    assertThat(rank(new float[4], 2)).isEqualTo(2.5);
    RetrievalRanks ranks = RetrievalRanks.of(new Matrix(1, 4, new float[4]), query -> bits(2));
    assertThat(ranks.meanReciprocalRank()).isEqualTo(.4);
    assertThat(rank(new float[4], 0, 1, 2, 3)).isEqualTo(1);
    assertThat(rank(new float[5], 0, 4)).isEqualTo(2.5); // ties among relevant ones cost nothing
  }

  @Test
  void theBestRelevantOneCounts() {
    float[] scores = {.1f, .9f, .5f, .7f, .5f};
    assertThat(rank(scores, 0)).isEqualTo(5);
    assertThat(rank(scores, 0, 3)).isEqualTo(2);
    assertThat(rank(scores, 2)).isEqualTo(3.5);
    assertThat(rank(scores, 2, 4)).isEqualTo(3);
  }

  @Test
  void whatIsNotANumberIsNeverFound() {
    float nan = Float.NaN;
    assertThat(rank(new float[] {nan, nan, nan}, 1)).isEqualTo(3);
    assertThat(rank(new float[] {nan, 0, nan}, 1)).isEqualTo(1);
    assertThat(rank(new float[] {nan, 0, 1}, 0, 1)).isEqualTo(2);
    assertThat(rank(new float[] {nan, -5, Float.NEGATIVE_INFINITY}, 0)).isEqualTo(3);
  }

  @Test
  void queriesWithoutARelevantCandidateAreLeftOutAndCounted() {
    Matrix scores = withRanks(5, 2, 3, 4);
    RetrievalRanks ranks = RetrievalRanks.of(scores, query -> query == 1 ? bits() : bits(0));
    assertThat(ranks.ranks()).containsExactly(2, 4);
    assertThat(ranks.excluded()).isEqualTo(1);
    RetrievalRanks none = RetrievalRanks.of(scores, query -> bits());
    assertThat(none.excluded()).isEqualTo(3);
    assertThat(none.queries()).isZero();
    assertThat(none.hitAt(3)).isNaN();
    assertThat(none.meanReciprocalRank()).isNaN();
    assertThat(none.hitInterval(3, 0).low()).isNaN();
    assertThat(none.chanceOfHit(1)).isNaN();
  }

  @Test
  void aRelevantCandidateWithoutAScoreIsAFault() {
    assertThatThrownBy(() -> rank(new float[3], 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void relevanceByInstanceAndByText() {
    List<String> texts = List.of("a", "b", "a", "c", "a");
    assertThat(Relevance.INSTANCE.of(texts).apply(2)).isEqualTo(bits(2));
    assertThat(Relevance.TEXT.of(texts).apply(2)).isEqualTo(bits(0, 2, 4));
    assertThat(Relevance.TEXT.of(texts).apply(3)).isEqualTo(bits(3));
    Relevance.TEXT.of(texts).apply(0).clear(); // a copy
    assertThat(Relevance.TEXT.of(texts).apply(0)).isEqualTo(bits(0, 2, 4));
  }

  /** The rank by a full sort: ties of others come half before, half after. */
  private static double slowly(float[] scores, BitSet relevant) {
    double best = relevant.stream().mapToDouble(i -> scores[i]).max().orElseThrow();
    double before = 0;
    for (int i = 0; i < scores.length; i++) {
      before += relevant.get(i) || scores[i] < best ? 0 : scores[i] > best ? 1 : .5;
    }
    return before + 1;
  }

  @Test
  void propertiesOfRandomScores() {
    Random random = new Random(2);
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(12);
      int queries = 1 + random.nextInt(10);
      float[] values = new float[n * queries];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(1 + random.nextInt(8)); // many ties
      }
      BitSet[] relevant = new BitSet[queries];
      for (int q = 0; q < queries; q++) {
        relevant[q] = bits(random.ints(1 + random.nextInt(3), 0, n).toArray());
      }
      Matrix scores = new Matrix(queries, n, values);
      RetrievalRanks ranks = RetrievalRanks.of(scores, q -> relevant[q]);
      for (int q = 0; q < queries; q++) {
        assertThat(ranks.ranks()[q])
            .isEqualTo(slowly(scores.row(q), relevant[q]))
            .isBetween(1.0, n + 0.0);
      }
      double mean = ranks.meanReciprocalRank();
      assertThat(ranks.hitAt(1)).isLessThanOrEqualTo(mean + 1e-12);
      assertThat(mean).isLessThanOrEqualTo(1 + 1e-12);
      for (int k = 1; k < n; k++) {
        assertThat(ranks.hitAt(k)).isLessThanOrEqualTo(ranks.hitAt(k + 1));
      }
      assertThat(ranks.hitAt(n)).isEqualTo(1);
      assertThat(ranks.chanceOfHit(n)).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void theIntervalHoldsTheMeanAndFollowsItsSeed() {
    int[] random = new Random(3).ints(400, 1, 20).toArray();
    RetrievalRanks ranks = RetrievalRanks.of(withRanks(20, random), query -> bits(0));
    Bootstrap hit = ranks.hitInterval(5, 1);
    double p = ranks.hitAt(5);
    double deviation = Math.sqrt(p * (1 - p) / 400); // that of a share
    assertThat(hit.low()).isCloseTo(p - 1.96 * deviation, within(.006));
    assertThat(hit.high()).isCloseTo(p + 1.96 * deviation, within(.006));
    assertThat(ranks.hitInterval(5, 1)).isEqualTo(hit);
    assertThat(ranks.hitInterval(5, 2)).isNotEqualTo(hit);
    Bootstrap reciprocal = ranks.reciprocalInterval(1);
    assertThat(ranks.meanReciprocalRank()).isBetween(reciprocal.low(), reciprocal.high());
    assertThat(Bootstrap.ofMean(new double[] {.25, .25}, 4)).isEqualTo(new Bootstrap(.25, .25));
  }

  /** In 95 of 100 repetitions the interval should hold the truth; it is a little narrow. */
  @Test
  void theIntervalCoversTheTruthAsOftenAsItSays() {
    Random random = new Random(4);
    int covered = 0;
    for (int round = 0; round < 200; round++) {
      double[] values = random.doubles(60).toArray();
      Bootstrap interval = Bootstrap.ofMean(values, round);
      covered += interval.low() <= .5 && .5 <= interval.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(180, 198);
  }
}
