package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.toolkit.Conformance;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
  private static BitSet set(int... members) {
    BitSet set = new BitSet();
    IntStream.of(members).forEach(set::set);
    return set;
  }

  /** Positives at some of ten places, and perhaps more that were not found. */
  private static double ap(int missing, int... places) {
    BitSet positives = set(places);
    IntStream.range(0, missing).forEach(i -> positives.set(100 + i));
    return AveragePrecision.of(IntStream.range(0, 10).toArray(), positives, set())
        .orElseThrow()
        .value();
  }

  @Test
  void isTheAreaByTheTrapezoidRule() {
    assertThat(ap(0, 0, 2)).isCloseTo(0.7916667, within(1e-6));
    assertThat(ap(0, 1)).isEqualTo(0.25);
    assertThat(ap(0, 3, 4)).isCloseTo(0.225, within(1e-9));
    assertThat(ap(0, 0, 1, 2, 3)).isEqualTo(1);
    assertThat(ap(1, 0)).isEqualTo(0.5);
  }

  @Test
  void ignoredCandidatesMoveTheOthersUp() {
    int[] ranking = {0, 1, 2, 3}; // junk, positive, negative, positive
    assertThat(AveragePrecision.of(ranking, set(1, 3), set(0)).orElseThrow().value())
        .isCloseTo(0.7916667, within(1e-6));
    // the first positive is easy and so ignored under "hard"
    assertThat(AveragePrecision.of(ranking, set(3), set(0, 1)).orElseThrow().value())
        .isEqualTo(0.25);
  }

  @Test
  void ignoringIsTheSameAsNotHaving() {
    Random random = new Random(3);
    for (int trial = 0; trial < 200; trial++) {
      int n = 1 + random.nextInt(30);
      List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
      java.util.Collections.shuffle(order, random);
      BitSet positives = new BitSet();
      BitSet ignored = new BitSet();
      for (int i = 0; i < n; i++) {
        int lot = random.nextInt(4);
        positives.set(i, lot == 0);
        ignored.set(i, lot == 1);
      }
      int[] all = order.stream().mapToInt(i -> i).toArray();
      int[] kept = Arrays.stream(all).filter(i -> !ignored.get(i)).toArray();
      assertThat(AveragePrecision.of(all, positives, ignored, 1, 5))
          .isEqualTo(AveragePrecision.of(kept, positives, new BitSet(), 1, 5));
    }
  }

  @Test
  void withoutPositivesThereIsNoScore() {
    assertThat(AveragePrecision.of(new int[] {0, 1}, set(), set(0))).isEmpty();
  }

  /** k is cut to the place of the last positive. */
  @Test
  void precisionOfTheFirst() {
    AveragePrecision score =
        AveragePrecision.of(IntStream.range(0, 20).toArray(), set(0, 2), set(), 1, 5, 10)
            .orElseThrow();
    assertThat(score.precisionAt().get(1)).isEqualTo(1);
    assertThat(score.precisionAt().get(5)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.precisionAt().get(10)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(
            AveragePrecision.of(new int[] {0, 1}, set(7), set(), 5)
                .orElseThrow()
                .precisionAt()
                .get(5))
        .isZero();
  }

  @Test
  void ranksByScoreThenByIndex() {
    float nan = Float.NaN;
    assertThat(AveragePrecision.ranking(new float[] {0.1f, 0.9f, 0.1f, 0.5f}, set()))
        .containsExactly(1, 3, 0, 2);
    assertThat(AveragePrecision.ranking(new float[] {0f, -0f, 0f}, set())).containsExactly(0, 1, 2);
    // what has no score comes last, and does not help by its place
    assertThat(AveragePrecision.ranking(new float[] {nan, nan, -1, nan}, set(0)))
        .containsExactly(2, 1, 3, 0);
  }

  /** filipradenovic/revisitop, python/evaluate.py, on seven rankings of 60 images. */
  @Test
  void agreesWithTheBenchmarksCode() {
    JsonNode vector = Conformance.read("revisited_map");
    JsonNode ranks = vector.get("inputs").get("ranks");
    JsonNode truth = vector.get("inputs").get("ground_truth");
    List<List<String>> positives =
        List.of(List.of("easy"), List.of("easy", "hard"), List.of("hard"));
    List<List<String>> ignored =
        List.of(List.of("junk", "hard"), List.of("junk"), List.of("junk", "easy"));
    List<String> names = List.of("easy", "medium", "hard");
    for (int setup = 0; setup < 3; setup++) {
      List<AveragePrecision> found = new ArrayList<>();
      for (int query = 0; query < truth.size(); query++) {
        int[] ranking = new int[ranks.size()];
        for (int i = 0; i < ranking.length; i++) {
          ranking[i] = ranks.get(i).get(query).asInt();
        }
        Optional<AveragePrecision> score =
            AveragePrecision.of(
                ranking,
                union(truth.get(query), positives.get(setup)),
                union(truth.get(query), ignored.get(setup)),
                1,
                5,
                10);
        score.ifPresent(found::add);
      }
      MeanPrecision mean = new MeanPrecision(found, truth.size() - found.size());
      JsonNode expected = vector.get("expected");
      assertThat(mean.map())
          .isCloseTo(expected.get(names.get(setup) + "_map").asDouble(), within(1e-6));
      double[] at = Conformance.numbers(expected.get(names.get(setup) + "_mp_at"));
      assertThat(new double[] {mean.precisionAt(1), mean.precisionAt(5), mean.precisionAt(10)})
          .containsExactly(at, within(1e-6));
    }
  }

  private static BitSet union(JsonNode lists, List<String> names) {
    BitSet union = new BitSet();
    names.forEach(name -> lists.get(name).forEach(index -> union.set(index.asInt())));
    return union;
  }

  @Test
  void meansOfNothingAreNoNumbers() {
    assertThat(new MeanPrecision(List.of(), 3).map()).isNaN();
  }
}
