package juxta.toolkit.data;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import juxta.toolkit.graph.Seeds;

/**
 * An endless row of shuffles of n things, one after another. Any stretch can be asked for: the
 * answer depends on seed and position only. The shuffle used last is kept.
 */
final class Shuffles {
  private final int size;
  private final String purpose;
  private final AtomicReference<Shuffle> last =
      new AtomicReference<>(new Shuffle(0, -1, new int[0]));

  /** A shuffle and what it was made from; the order is never changed once it is here. */
  private record Shuffle(long seed, long number, int[] order) {}

  Shuffles(int size, String purpose) {
    this.size = size;
    this.purpose = purpose;
  }

  /**
   * Things from a position on.
   *
   * @param seed the run's seed
   * @param position from 0
   * @param count how many
   * @return numbers from 0 to n - 1
   */
  int[] take(long seed, long position, int count) {
    int[] taken = new int[count];
    for (int i = 0; i < count; ) {
      int[] order = order(seed, (position + i) / size);
      int from = (int) ((position + i) % size);
      int n = Math.min(count - i, size - from);
      System.arraycopy(order, from, taken, i, n);
      i += n;
    }
    return taken;
  }

  private int[] order(long seed, long number) {
    Shuffle kept = last.get();
    if (kept.seed() == seed && kept.number() == number) {
      return kept.order();
    }
    SplittableRandom random =
        new SplittableRandom(Seeds.mix(Seeds.mix(seed, "sampler", purpose), number));
    int[] order = new int[size];
    for (int i = 0; i < size; i++) { // Fisher and Yates, inside out
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    last.set(new Shuffle(seed, number, order));
    return order;
  }
}
