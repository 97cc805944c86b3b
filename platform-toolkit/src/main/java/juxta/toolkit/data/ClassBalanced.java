package juxta.toolkit.data;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.Sampler;
import juxta.api.UserException;
import juxta.toolkit.graph.Seeds;

/** See {@link Samplers#classBalanced}. */
final class ClassBalanced implements Sampler {
  private final String split;
  private final int[][] members;
  private final int classes;
  private final int perClass;
  private final long stepsPerEpoch;

  ClassBalanced(String split, int[] labels, int classes, int perClass) {
    Map<Integer, int[]> byClass =
        IntStream.range(0, labels.length)
            .filter(i -> labels[i] >= 0)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> labels[i],
                    TreeMap::new,
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        all -> all.stream().mapToInt(Integer::intValue).toArray())));
    if (classes < 1 || perClass < 1 || byClass.size() < classes) {
      throw new UserException(
          "split '"
              + split
              + "' has "
              + byClass.size()
              + " classes; batches of "
              + classes
              + " classes with "
              + perClass
              + " records each cannot be made of it");
    }
    this.split = split;
    this.members = byClass.values().toArray(int[][]::new);
    this.classes = classes;
    this.perClass = perClass;
    this.stepsPerEpoch = Math.max(1, labels.length / ((long) classes * perClass));
  }

  @Override
  public Map<String, Stream> streams() {
    return Map.of(MAIN, new Stream(split, classes * perClass));
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  @Override
  public Map<String, int[]> indices(long seed, long step) {
    SplittableRandom random =
        new SplittableRandom(Seeds.mix(Seeds.mix(seed, "sampler", "classes"), step));
    int[] batch = new int[classes * perClass];
    int at = 0;
    for (int c : draw(random, members.length, classes)) {
      for (int i : draw(random, members[c].length, perClass)) {
        batch[at++] = members[c][i];
      }
    }
    return Map.of(MAIN, batch);
  }

  /** Draws without repetition; what cannot be filled so is drawn again from all. */
  private static int[] draw(SplittableRandom random, int n, int count) {
    int[] order = IntStream.range(0, n).toArray();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int used = i % n;
      int j = used + random.nextInt(n - used);
      drawn[i] = order[j];
      order[j] = order[used];
      order[used] = drawn[i];
    }
    return drawn;
  }
}
