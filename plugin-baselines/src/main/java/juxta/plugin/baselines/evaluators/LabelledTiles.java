package juxta.plugin.baselines.evaluators;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.graph.Seeds;

/** Draws the tiles whose masks a head may see; all methods of one seed get the same. */
final class LabelledTiles {
  private LabelledTiles() {}

  /**
   * A random share, at least one tile; tiles without a pixel of any class do not count.
   *
   * @param train the training split
   * @param share above 0, at most 1
   * @param seed the run's seed
   * @return indices, ascending
   */
  static int[] draw(Split train, double share, long seed) {
    int[] order = IntStream.range(0, train.size()).toArray();
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, "segmentation", "labelled"));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    long wanted = Math.max(1, Math.round(share * train.size()));
    int[] tiles =
        Arrays.stream(order).filter(i -> labelled(train, i)).limit(wanted).sorted().toArray();
    if (tiles.length == 0) {
      throw new UserException("segmentation: no pixel of the training split has a class");
    }
    return tiles;
  }

  /**
   * The classes that none of the tiles shows, so that a head cannot learn them.
   *
   * @param train the training split
   * @param tiles indices
   * @param classes how many there are
   * @return their numbers, ascending
   */
  static int[] missing(Split train, int[] tiles, int classes) {
    BitSet shown = new BitSet();
    for (int tile : tiles) {
      ByteBuffer mask = train.value(Field.MASK, tile).data();
      while (mask.hasRemaining()) {
        shown.set(Byte.toUnsignedInt(mask.get()));
      }
    }
    return IntStream.range(0, classes).filter(c -> !shown.get(c)).toArray();
  }

  private static boolean labelled(Split split, int record) {
    ByteBuffer mask = split.value(Field.MASK, record).data();
    while (mask.hasRemaining()) {
      if (Byte.toUnsignedInt(mask.get()) != Field.IGNORED) {
        return true;
      }
    }
    return false;
  }
}
