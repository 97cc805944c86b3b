package juxta.plugin.datasets.mask;

import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;

/**
 * What compression made of the levels of masks that are JPEG files, or were. It leaves levels near
 * what they were: of masks of black and white the classes can be told, of others not.
 *
 * @param pixels all of them
 * @param between those that are neither nearly black nor nearly white
 * @param white those that are nearly white
 */
record MaskNoise(long pixels, long between, long white) {
  private static final int DARK = 64;
  private static final int BRIGHT = 191;
  private static final int WHITE = 255;

  /** One number or two at an end may have a meaning of their own, as 254 and 255 have for some. */
  private static final int SEVERAL = 3;

  /** At edges compression makes levels between. */
  private static final double MOST_BETWEEN = 0.15;

  static MaskNoise of(int[] levels) {
    long between = 0;
    long white = 0;
    for (int level : levels) {
      between += isBetween(level) ? 1 : 0;
      white += level >= BRIGHT ? 1 : 0;
    }
    return new MaskNoise(levels.length, between, white);
  }

  /** Whether a level is neither nearly black nor nearly white. */
  static boolean isBetween(int level) {
    return level > DARK && level < BRIGHT;
  }

  /**
   * Whether numbers of masks that are no JPEG files were left over from one of black and white:
   * they lie near 0 and near 255 alone, several of them at either end. Classes are numbered from 0
   * on, and so many of them that they reach {@link #BRIGHT} have numbers between.
   */
  static boolean isOfTwoLevels(BitSet numbers) {
    return numbers.nextSetBit(DARK + 1) >= BRIGHT
        && numbers.get(0, BRIGHT).cardinality() >= SEVERAL
        && numbers.get(BRIGHT, WHITE + 1).cardinality() >= SEVERAL;
  }

  /** The numbers that such masks had. */
  static BitSet blackAndWhite() {
    BitSet both = new BitSet(WHITE + 1);
    both.set(0);
    both.set(WHITE);
    return both;
  }

  /** What is known of many. */
  static Optional<MaskNoise> sum(Collection<MaskNoise> all) {
    return all.stream()
        .reduce(
            (a, b) -> new MaskNoise(a.pixels + b.pixels, a.between + b.between, a.white + b.white));
  }

  /** Whether the masks are of black and white. */
  boolean twoLevels() {
    return white > 0 && between <= MOST_BETWEEN * pixels;
  }
}
