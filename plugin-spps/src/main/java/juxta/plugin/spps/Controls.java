package juxta.plugin.spps;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.toolkit.io.Csv;

/**
 * What pairs are to be compared with: as many random ones, and as many within the true classes,
 * which no pairs surpass in purity. They are those with which {@code pairs=random} and {@code
 * pairs=same-class} train, so that their numbers stand beside the scores of such runs.
 *
 * @param labels class of each image, below 0 where it is not known
 * @param classes names of the classes
 * @param exact similarities of all images
 * @param seed of the run
 */
record Controls(int[] labels, List<String> classes, Similarities exact, long seed) {
  private static final String NONE = "";

  /** As many random pairs, empty if there are hardly so many. */
  Optional<List<Pair>> random(int count) {
    long n = labels.length;
    return enough(n * (n - 1) / 2, count)
        ? Optional.of(DrawnPairs.random(labels.length, count, exact, seed))
        : Optional.empty();
  }

  /** As many pairs within the classes, empty without labels or if there are hardly so many. */
  Optional<List<Pair>> sameClass(int count) {
    Map<Integer, Long> sizes = new TreeMap<>();
    Arrays.stream(labels).filter(l -> l >= 0).forEach(l -> sizes.merge(l, 1L, Long::sum));
    long all = sizes.values().stream().mapToLong(n -> n * (n - 1) / 2).sum();
    return enough(all, count)
        ? Optional.of(DrawnPairs.withinClasses(labels, count, exact, seed))
        : Optional.empty();
  }

  /** Drawing takes long where nearly all pairs are wanted. */
  private static boolean enough(long all, int count) {
    return all >= 2L * count;
  }

  /** What is to be known of pairs. */
  Diagnostics of(List<Pair> pairs) {
    return Diagnostics.of(pairs, labels, classes);
  }

  /**
   * A line a kind of pairs.
   *
   * @param mined the pairs that were found
   * @param stepsWith steps of a run that trains with so many pairs
   * @param stepsWithout steps of the framework alone
   */
  String csv(List<Pair> mined, long stepsWith, long stepsWithout) {
    Csv csv = new Csv("pairs", "count", "images", "coverage", "purity", "similarity-mean", "steps");
    row(csv, "mined", mined, stepsWith);
    random(mined.size()).ifPresent(pairs -> row(csv, "random", pairs, stepsWith));
    sameClass(mined.size()).ifPresent(pairs -> row(csv, "same-class", pairs, stepsWith));
    csv.row("none", 0, 0, 0, NONE, NONE, stepsWithout);
    return csv.text();
  }

  private void row(Csv csv, String name, List<Pair> pairs, long steps) {
    Diagnostics seen = of(pairs);
    csv.row(
        name,
        pairs.size(),
        seen.images(),
        seen.coverage(labels.length),
        seen.purity().isPresent() ? seen.purity().getAsDouble() : NONE,
        seen.mean(),
        steps);
  }
}
