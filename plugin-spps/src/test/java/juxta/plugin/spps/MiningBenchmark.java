package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.metrics.Rows;
import org.junit.jupiter.api.Test;

/**
 * Measures one block of mining and says what a million images of 512 features would take. Not part
 * of the usual run: {@code ./mvnw -pl plugin-spps -am test -Dtest=MiningBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class MiningBenchmark {
  private static final int WIDTH = 512;
  private static final double MILLION = 1e6;

  @Test
  void aMillionImages() {
    SimilarityBlocks blocks = SimilarityBlocks.DEFAULT;
    Matrix v = Rows.unit(positive(blocks.candidates()));
    int[] anchors = IntStream.range(0, blocks.anchors()).toArray();
    int[] candidates = SimilarityBlocks.all(v.rows());
    Rules rules = new Rules(new Band(0.97, 0.99), 1, Rules.ALL, Rules.ALL);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) { // the first ones warm up
      Histogram all = new Histogram();
      Shortlist[] lists = new Shortlist[anchors.length];
      Arrays.setAll(lists, i -> new Shortlist(rules, 1e-3));
      long start = System.nanoTime();
      blocks.each(
          v,
          anchors,
          candidates,
          (anchor, from, products, at, count) -> {
            all.add(products, at, count);
            for (int c = 0; c < count; c++) {
              lists[anchor].offer(from + c, products[at + c]);
            }
          },
          done -> {});
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      assertThat(all.total()).isEqualTo((long) anchors.length * candidates.length);
    }
    double pairs = (double) anchors.length * candidates.length;
    for (double share : new double[] {0.1, 1}) {
      System.out.printf(
          Locale.ROOT,
          "block of %d x %d: %.3f s, %.1f GFLOP/s; a million images of %d features with %.0f %%"
              + " anchors: %.2f h on this machine, %.1f GB of features and %.2f GB beside them%n",
          anchors.length,
          candidates.length,
          best,
          2e-9 * pairs * WIDTH / best,
          WIDTH,
          100 * share,
          best * share * MILLION * MILLION / pairs / 3600,
          2 * 4e-9 * MILLION * WIDTH, // as they were made, and at length 1
          1e-9 * (2 * 4 * pairs + 8 * WIDTH * (double) candidates.length));
    }
  }

  /** Features after a ReLU: none is negative, so all cosines are high. */
  private static Matrix positive(int rows) {
    Random random = new Random(1);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, (float) random.nextGaussian());
    }
    return new Matrix(rows, WIDTH, values);
  }
}
