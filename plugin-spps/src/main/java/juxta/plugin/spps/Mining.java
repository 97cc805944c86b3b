package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.toolkit.graph.Seeds;
import juxta.toolkit.metrics.Rows;

/**
 * Finds the pairs: for each anchor the images whose similarity is in the band, by products in
 * blocks and then, for those that may be chosen, by exact similarities.
 *
 * @param rules which pairs are chosen
 * @param anchorShare kappa, share of the images that are anchors
 * @param amongAnchors whether candidates are the anchors only
 * @param blocks in which blocks products are computed; the pairs do not depend on it
 */
record Mining(Rules rules, double anchorShare, boolean amongAnchors, SimilarityBlocks blocks) {
  /**
   * What was found.
   *
   * @param pairs P, by images
   * @param anchors number of anchors
   * @param all similarities of anchors and candidates
   * @param nearest each anchor's largest similarity
   */
  record Found(List<Pair> pairs, int anchors, Histogram all, Histogram nearest) {}

  /**
   * Mines.
   *
   * @param features a row an image, of any length
   * @param seed draws the anchors
   * @param progress told of the anchors that are done
   */
  Found mine(Matrix features, long seed, SimilarityBlocks.Progress progress) {
    Matrix v = Rows.unit(features); // V, [N, d]
    int[] anchors = anchors(v.rows(), seed); // K
    int[] candidates = amongAnchors ? anchors : SimilarityBlocks.all(v.rows()); // C
    double error = error(v.columns());
    Shortlist[] lists = new Shortlist[anchors.length];
    Arrays.setAll(lists, i -> new Shortlist(rules, error));
    Histogram all = new Histogram();
    blocks.each(
        v,
        anchors,
        candidates,
        (anchor, from, products, start, count) -> {
          all.add(products, start, count);
          for (int c = 0; c < count; c++) {
            int image = candidates[from + c];
            if (image == anchors[anchor]) {
              all.remove(products[start + c]);
            } else {
              lists[anchor].offer(image, products[start + c]);
            }
          }
        },
        progress);
    Similarities exact = new Similarities(v);
    List<List<Pair>> chosen =
        IntStream.range(0, anchors.length)
            .parallel()
            .mapToObj(i -> lists[i].chosen(anchors[i], exact))
            .toList();
    List<Pair> together = new ArrayList<>();
    chosen.forEach(together::addAll);
    Histogram nearest = new Histogram();
    for (Shortlist list : lists) {
      nearest.add(new float[] {list.nearest()}, 0, 1);
    }
    return new Found(rules.set(together), anchors.length, all, nearest);
  }

  /** round(kappa N) images without replacement, in order. */
  int[] anchors(int images, long seed) {
    int count = (int) Math.max(1, Math.round(anchorShare * images));
    int[] order = SimilarityBlocks.all(images);
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, "spps", "anchors"));
    for (int i = 0; i < count; i++) { // Fisher and Yates, as far as needed
      int other = i + random.nextInt(images - i);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    int[] anchors = Arrays.copyOf(order, count);
    Arrays.sort(anchors);
    return anchors;
  }

  /**
   * Bound of what a device's product may be off: factors rounded to the 10 bits that GPUs use for
   * matrix products, and float sums in any order.
   */
  private static double error(int width) {
    return 1e-3 + width * 0x1p-24;
  }
}
