package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import juxta.api.UserException;
import juxta.toolkit.graph.Seeds;

/** The controls: as many pairs as were mined, drawn without looking at similarities. */
final class DrawnPairs {
  private static final int PATIENCE = 1000;

  private DrawnPairs() {}

  /** Pairs of any two images. */
  static List<Pair> random(int images, int count, Similarities exact, long seed) {
    return draw(images, count, exact, seed, "random", i -> -1, List.of());
  }

  /**
   * Pairs within the classes.
   *
   * @param labels class of each image, below 0 where it is not known
   */
  static List<Pair> withinClasses(int[] labels, int count, Similarities exact, long seed) {
    Map<Integer, List<Integer>> classes = new TreeMap<>();
    Map<Integer, Integer> place = new HashMap<>();
    List<List<Integer>> members = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        classes.computeIfAbsent(labels[i], c -> new ArrayList<>()).add(i);
      }
    }
    classes.forEach(
        (label, images) -> {
          place.put(label, members.size());
          members.add(images);
        });
    return draw(
        labels.length,
        count,
        exact,
        seed,
        "same-class",
        i -> place.getOrDefault(labels[i], -1),
        members);
  }

  /** With no classes, partners are any images. */
  private static List<Pair> draw(
      int images,
      int count,
      Similarities exact,
      long seed,
      String purpose,
      IntUnaryOperator classOf,
      List<List<Integer>> members) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, "spps", purpose));
    Map<Long, Pair> drawn = new TreeMap<>();
    for (int tries = 0; drawn.size() < count; tries++) {
      if (tries > PATIENCE + (long) PATIENCE * count) {
        throw new UserException(
            "spps: there are no " + count + " different pairs to draw; mine fewer pairs");
      }
      int i = random.nextInt(images);
      int own = classOf.applyAsInt(i);
      if (own < 0 && !members.isEmpty()) {
        continue; // no class
      }
      List<Integer> partners = members.isEmpty() ? List.of() : members.get(own);
      int j =
          members.isEmpty()
              ? random.nextInt(images)
              : partners.get(random.nextInt(partners.size()));
      if (i != j) {
        Pair pair = Pair.of(i, j, exact.of(i, j));
        drawn.putIfAbsent(pair.key(), pair);
      }
    }
    return List.copyOf(drawn.values());
  }
}
