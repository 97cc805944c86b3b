package juxta.toolkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Sampler;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;

class SamplersTest {
  @Test
  void shuffledVisitsEachRecordOnceAnEpochAndInAnotherOrderNextTime() {
    Sampler sampler = Samplers.shuffled("train", 10, 3);
    assertThat(sampler.stepsPerEpoch()).isEqualTo(3);
    int[] first = epoch(sampler, 1, 0);
    assertThat(Arrays.stream(first).distinct().count()).isEqualTo(9);
    assertThat(epoch(sampler, 1, 1)).isNotEqualTo(first);
    assertThat(epoch(sampler, 2, 0)).isNotEqualTo(first);
    assertThat(epoch(sampler, 1, 0)).isEqualTo(first);
  }

  @Test
  void someRecordsOnly() {
    Sampler sampler = Samplers.shuffled("train", new int[] {8, 2, 5}, 3);
    assertThat(epoch(sampler, 1, 0)).containsExactlyInAnyOrder(2, 5, 8);
  }

  @Test
  void aResumedRunSeesTheSameBatches() {
    Sampler through = Samplers.shuffled("train", 50, 7);
    for (int step = 0; step < 40; step++) {
      Sampler fresh = Samplers.shuffled("train", 50, 7);
      assertThat(fresh.indices(3, step).get(Sampler.MAIN))
          .isEqualTo(through.indices(3, step).get(Sampler.MAIN));
    }
  }

  @Test
  void shufflesAreUniform() {
    Sampler sampler = Samplers.shuffled("train", 3, 3);
    int[] count = new int[27];
    for (int step = 0; step < 6000; step++) {
      int[] p = sampler.indices(5, step).get(Sampler.MAIN);
      count[p[0] * 9 + p[1] * 3 + p[2]]++;
    }
    assertThat(Arrays.stream(count).filter(n -> n > 0).boxed())
        .hasSize(6)
        .allMatch(n -> n > 880 && n < 1120); // 4 standard deviations are 115
  }

  @Test
  void sequentialWrapsAround() {
    Sampler sampler = Samplers.sequential("test", 5, 2);
    assertThat(sampler.stepsPerEpoch()).isEqualTo(3);
    assertThat(sampler.indices(9, 0).get(Sampler.MAIN)).containsExactly(0, 1);
    assertThat(sampler.indices(9, 2).get(Sampler.MAIN)).containsExactly(4, 0);
  }

  @Test
  void twoStreamsPaceByTheLabelled() {
    Pool labelled = new Pool("labelled", "train", new int[] {3, 5, 7, 9, 11}, 2);
    Pool unlabelled = Pool.whole("unlabelled", "unlabelled", 7, 4);
    Sampler sampler = Samplers.twoStreams(labelled, unlabelled);
    assertThat(sampler.stepsPerEpoch()).isEqualTo(2);
    assertThat(sampler.streams().keySet()).containsExactly("labelled", "unlabelled");
    assertThat(sampler.streams().get("unlabelled")).isEqualTo(new Sampler.Stream("unlabelled", 4));
    int[] endless =
        IntStream.range(0, 7)
            .flatMap(step -> Arrays.stream(sampler.indices(1, step).get("unlabelled")))
            .toArray();
    for (int pass = 0; pass < 4; pass++) { // 28 draws: each pass of 7 holds every record once
      assertThat(Arrays.copyOfRange(endless, 7 * pass, 7 * pass + 7))
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }
    Set<Integer> seen = new HashSet<>();
    for (int step = 0; step < 2; step++) {
      for (int i : sampler.indices(1, step).get("labelled")) {
        assertThat(seen.add(i)).isTrue();
        assertThat(i).isIn(3, 5, 7, 9, 11);
      }
    }
  }

  @Test
  void classBalancedHasEquallyManyOfEachClass() {
    int[] labels = {0, 0, 0, 0, 1, 1, 1, 2, 2, 7, -1, -1};
    Sampler sampler = Samplers.classBalanced("train", labels, 3, 3);
    assertThat(sampler.stepsPerEpoch()).isEqualTo(1);
    for (int step = 0; step < 50; step++) {
      int[] batch = sampler.indices(1, step).get(Sampler.MAIN);
      assertThat(batch).hasSize(9);
      Set<Integer> classes = new HashSet<>();
      for (int c = 0; c < 3; c++) {
        int[] group = Arrays.copyOfRange(batch, 3 * c, 3 * c + 3);
        int label = labels[group[0]];
        assertThat(classes.add(label)).isTrue();
        assertThat(Arrays.stream(group).boxed()).allMatch(i -> labels[i] == label);
        long members = Arrays.stream(labels).filter(l -> l == label).count();
        assertThat(Arrays.stream(group).distinct().count()).isEqualTo(Math.min(3, members));
      }
    }
  }

  @Test
  void refuseWhatCannotBeFilled() {
    assertThatThrownBy(() -> Samplers.shuffled("train", 10, 16))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("10 records")
        .hasMessageContaining("smaller batch");
    assertThatThrownBy(() -> Samplers.shuffled("train", 10, 0)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Samplers.classBalanced("train", new int[] {0, 1}, 3, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2 classes");
  }

  private static int[] epoch(Sampler sampler, long seed, long epoch) {
    long steps = sampler.stepsPerEpoch();
    return IntStream.range(0, (int) steps)
        .flatMap(i -> Arrays.stream(sampler.indices(seed, epoch * steps + i).get(Sampler.MAIN)))
        .toArray();
  }
}
