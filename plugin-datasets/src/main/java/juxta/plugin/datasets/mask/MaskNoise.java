package juxta.plugin.datasets.mask;

import java.util.Collection;
import java.util.Optional;

/**
 * What compression made of the levels of masks that are JPEG files. It leaves levels near what they
 * were: of masks of black and white the classes can be told, of others not.
 *
 * @param pixels all of them
 * @param between those that are neither nearly black nor nearly white
 * @param white those that are nearly white
 */
record MaskNoise(long pixels, long between, long white) {
  private static final int DARK = 64;
  private static final int BRIGHT = 191;

  /** At edges compression makes levels between. */
  private static final double MOST_BETWEEN = 0.15;

  static MaskNoise of(int[] levels) {
    long between = 0;
    long white = 0;
    for (int level : levels) {
      between += level > DARK && level < BRIGHT ? 1 : 0;
      white += level >= BRIGHT ? 1 : 0;
    }
    return new MaskNoise(levels.length, between, white);
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
