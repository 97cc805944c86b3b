package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrievalChanceTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "10, .2929", "50, .0900", "100, .0519", "1000, .0075"})
  void oneRelevantAmongMany(int candidates, double reciprocal) {
    assertThat(RetrievalChance.reciprocal(candidates, 1)).isCloseTo(reciprocal, within(5e-5));
    double harmonic = IntStream.rangeClosed(1, candidates).mapToDouble(i -> 1.0 / i).sum();
    assertThat(RetrievalChance.reciprocal(candidates, 1))
        .isCloseTo(harmonic / candidates, within(1e-12));
    for (int k = 1; k <= candidates; k += 1 + candidates / 10) {
      assertThat(RetrievalChance.hit(candidates, 1, k))
          .isCloseTo((double) k / candidates, within(1e-12));
    }
    assertThat(RetrievalChance.hit(candidates, 1, candidates + 5)).isEqualTo(1);
  }

  /** All orders of up to seven candidates. */
  @Test
  void severalRelevantAgreeWithCounting() {
    for (int n = 1; n <= 7; n++) {
      for (int relevant = 1; relevant <= n; relevant++) {
        double reciprocal = 0;
        double[] hits = new double[n + 1];
        int orders = 0;
        for (int set = 0; set < 1 << n; set++) { // the ranks of the relevant ones
          if (Integer.bitCount(set) == relevant) {
            int best = Integer.numberOfTrailingZeros(set) + 1;
            orders++;
            reciprocal += 1.0 / best;
            for (int k = best; k <= n; k++) {
              hits[k]++;
            }
          }
        }
        assertThat(RetrievalChance.reciprocal(n, relevant))
            .isCloseTo(reciprocal / orders, within(1e-12));
        for (int k = 1; k <= n; k++) {
          assertThat(RetrievalChance.hit(n, relevant, k))
              .isCloseTo(hits[k] / orders, within(1e-12));
        }
      }
    }
  }

  @Test
  void randomScoresComeOutAtChance() {
    Random random = new Random(6);
    int n = 300;
    List<String> texts = random.ints(n, 0, 60).mapToObj(i -> "text " + i).toList();
    for (Relevance relevance : Relevance.values()) {
      IntFunction<java.util.BitSet> relevant = relevance.of(texts);
      double hit = 0;
      double reciprocal = 0;
      RetrievalRanks ranks = RetrievalRanks.of(scores(random, n), relevant);
      for (int round = 0; round < 20; round++) {
        ranks = RetrievalRanks.of(scores(random, n), relevant);
        hit += ranks.hitAt(5) / 20;
        reciprocal += ranks.meanReciprocalRank() / 20;
      }
      assertThat(hit).isCloseTo(ranks.chanceOfHit(5), within(.02));
      assertThat(reciprocal).isCloseTo(ranks.chanceOfReciprocal(), within(.01));
    }
  }

  private static Matrix scores(Random random, int n) {
    float[] values = new float[n * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Matrix(n, n, values);
  }

  @Test
  void impossibleNumbersAreFaults() {
    assertThatThrownBy(() -> RetrievalChance.hit(3, 4, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RetrievalChance.reciprocal(3, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A model that knows the visible part: scores by it, and otherwise at random or not at all. */
  private static Matrix knowing(List<String> visible, Random random, boolean ties) {
    int n = visible.size();
    float[] own = new float[n]; // what an image looks like says nothing of its text
    for (int i = 0; i < n; i++) {
      own[i] = ties ? 0 : random.nextFloat();
    }
    float[] values = new float[n * n];
    for (int q = 0; q < n; q++) {
      for (int i = 0; i < n; i++) {
        values[q * n + i] = (visible.get(q).equals(visible.get(i)) ? 2 : 0) + own[i];
      }
    }
    return new Matrix(n, n, values);
  }

  @Test
  void theBoundIsWhatTheBestModelScores() {
    Random random = new Random(7);
    List<String> visible = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      visible.add("stage " + random.nextInt(4));
      texts.add(visible.get(i) + " age " + random.nextInt(3) + " sex " + random.nextInt(2));
    }
    for (Relevance relevance : Relevance.values()) {
      RetrievalBound bound = RetrievalBound.of(texts, visible, relevance);
      double reciprocal = 0;
      double[] hits = new double[6];
      int rounds = 400;
      for (int round = 0; round < rounds; round++) {
        RetrievalRanks ranks =
            RetrievalRanks.of(knowing(visible, random, false), relevance.of(texts));
        reciprocal += ranks.meanReciprocalRank() / rounds;
        for (int k = 1; k < 6; k++) {
          hits[k] += ranks.hitAt(k) / rounds;
        }
      }
      assertThat(reciprocal).isCloseTo(bound.meanReciprocalRank(), within(.01));
      for (int k = 1; k < 6; k++) {
        assertThat(hits[k]).isCloseTo(bound.hitAt(k), within(.015));
      }
      assertThat(
              RetrievalRanks.of(knowing(visible, random, true), relevance.of(texts))
                  .meanReciprocalRank())
          .isLessThan(bound.meanReciprocalRank());
    }
  }

  @Test
  void theBoundOfSmallCases() {
    List<String> same = Collections.nCopies(4, "x");
    RetrievalBound instance = RetrievalBound.of(same, same, Relevance.INSTANCE);
    assertThat(instance.hitAt(1)).isCloseTo(.25, within(1e-12));
    assertThat(instance.meanReciprocalRank())
        .isCloseTo((1 + .5 + 1 / 3.0 + .25) / 4, within(1e-12));
    assertThat(RetrievalBound.of(same, same, Relevance.TEXT).hitAt(1)).isEqualTo(1);
    List<String> texts = List.of("a1", "a2", "a2", "b1");
    RetrievalBound some = RetrievalBound.of(texts, List.of("a", "a", "a", "b"), Relevance.TEXT);
    assertThat(some.hitAt(1)).isCloseTo((1 / 3.0 + 2 / 3.0 + 2 / 3.0 + 1) / 4, within(1e-12));
    assertThat(some.hitAt(2)).isCloseTo((2 / 3.0 + 3) / 4, within(1e-12));
  }

  @Test
  void whatIsVisibleMustBePartOfTheText() {
    assertThatThrownBy(
            () -> RetrievalBound.of(List.of("a", "a"), List.of("x", "y"), Relevance.TEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'a' shows both 'x' and 'y'");
    assertThatThrownBy(() -> RetrievalBound.of(List.of("a"), List.of(), Relevance.TEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
