package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Sampler;
import juxta.toolkit.data.Samplers;
import org.junit.jupiter.api.Test;

class PairSamplerTest {
  private static final int N = 20;
  private static final int B = 6;

  /** Images 0 to 3 with 10 to 13. */
  private static final List<Pair> PAIRS =
      IntStream.range(0, 4).mapToObj(i -> new Pair(i, 10 + i, 0.9)).toList();

  @Test
  void anEpochVisitsImagesAndPairsOnce() {
    PairSampler sampler = new PairSampler(N, PAIRS, B);
    assertThat(sampler.stepsPerEpoch()).isEqualTo(4); // 24 entries
    assertThat(sampler.streams())
        .isEqualTo(Map.of(Sampler.MAIN, new Sampler.Stream(Dataset.TRAIN, 2 * B)));
    assertThat(sampler.examplesPerStep()).isEqualTo(B);
    int swapped = 0;
    for (int epoch = 0; epoch < 50; epoch++) {
      Map<Integer, Integer> singles = new TreeMap<>();
      Set<Integer> pairs = new HashSet<>();
      for (int step = 0; step < 4; step++) {
        int[] records = sampler.indices(1, 4 * epoch + step).get(Sampler.MAIN);
        assertThat(records).hasSize(2 * B);
        for (int b = 0; b < B; b++) {
          int first = records[b];
          int second = records[B + b];
          if (first == second) {
            singles.merge(first, 1, Integer::sum);
          } else {
            assertThat(Math.abs(first - second)).isEqualTo(10);
            assertThat(pairs.add(Math.min(first, second))).isTrue();
            swapped += first > second ? 1 : 0;
          }
        }
      }
      assertThat(singles).hasSize(N).allSatisfy((image, uses) -> assertThat(uses).isOne());
      assertThat(pairs).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
    assertThat(swapped).isBetween(70, 130); // of 200
  }

  @Test
  void anyStepCanBeAskedForAgain() {
    PairSampler sampler = new PairSampler(N, PAIRS, B);
    int[] late = sampler.indices(7, 33).get(Sampler.MAIN);
    assertThat(new PairSampler(N, PAIRS, B).indices(7, 33).get(Sampler.MAIN)).isEqualTo(late);
    assertThat(sampler.indices(8, 33).get(Sampler.MAIN)).isNotEqualTo(late);
  }

  @Test
  void withoutPairsTheOrderIsThatOfTheFrameworkAlone() {
    PairSampler sampler = new PairSampler(N, List.of(), B);
    Sampler alone = Samplers.shuffled(Dataset.TRAIN, N, B);
    assertThat(sampler.stepsPerEpoch()).isEqualTo(alone.stepsPerEpoch());
    for (int step = 0; step < 9; step++) {
      int[] records = sampler.indices(3, step).get(Sampler.MAIN);
      int[] expected = alone.indices(3, step).get(Sampler.MAIN);
      assertThat(java.util.Arrays.copyOf(records, B)).isEqualTo(expected);
      assertThat(java.util.Arrays.copyOfRange(records, B, 2 * B)).isEqualTo(expected);
    }
  }
}
