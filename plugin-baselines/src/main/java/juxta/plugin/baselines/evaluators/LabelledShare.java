package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import juxta.toolkit.graph.Seeds;

/**
 * Draws the labelled records that a classifier may see, the same share of each class. All methods
 * of one seed get the same, and a smaller share of one seed is part of a larger one.
 */
final class LabelledShare {
  private LabelledShare() {}

  /**
   * A random share of each class, rounded, at least one record of it.
   *
   * @param all the labelled records
   * @param share above 0, at most 1
   * @param seed the run's seed
   * @return some of them, in their own order
   */
  static Labelled draw(Labelled all, double share, long seed) {
    int classes = 1 + Arrays.stream(all.labels()).max().orElse(0);
    List<Integer> kept = new ArrayList<>(); // places in the list of labelled records
    for (int c = 0; c < classes; c++) {
      int own = c;
      int[] members =
          IntStream.range(0, all.labels().length).filter(i -> all.labels()[i] == own).toArray();
      int[] order =
          HeldOut.shuffled(members.length, Seeds.mix(seed, "finetune", "labelled", "class " + c));
      int wanted = (int) Math.max(1, Math.round(share * members.length));
      Arrays.stream(order).limit(wanted).forEach(i -> kept.add(members[i]));
    }
    int[] places = kept.stream().mapToInt(Integer::intValue).sorted().toArray();
    return new Labelled(
        Arrays.stream(places).map(i -> all.records()[i]).toArray(),
        Arrays.stream(places).map(i -> all.labels()[i]).toArray());
  }
}
