package juxta.toolkit.graph;

import java.nio.charset.StandardCharsets;

/** Mixes seeds and names into 64-bit seeds. */
public final class Seeds {
  private Seeds() {}

  /**
   * A seed that depends on another seed and on names.
   *
   * @param seed the seed to start from
   * @param names what the new seed is for
   * @return 64 well-mixed bits
   */
  public static long mix(long seed, String... names) {
    long hash = finish(seed ^ 0x9E3779B97F4A7C15L);
    for (String name : names) {
      for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
        hash = finish(hash ^ (b & 0xff)) + 0x9E3779B97F4A7C15L;
      }
      hash = finish(hash ^ 0x5851F42D4C957F2DL);
    }
    return hash;
  }

  /**
   * A seed that depends on another seed and on a number.
   *
   * @param seed the seed to start from
   * @param number the number
   * @return 64 well-mixed bits
   */
  public static long mix(long seed, long number) {
    return finish(finish(seed ^ 0x9E3779B97F4A7C15L) + finish(number + 0x5851F42D4C957F2DL));
  }

  /** The finaliser of SplitMix64. */
  private static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
