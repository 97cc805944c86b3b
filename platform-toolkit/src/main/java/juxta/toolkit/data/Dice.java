package juxta.toolkit.data;

/**
 * Random numbers that are the same on every machine and Java version (SplitMix64, Steele, Lea and
 * Flood 2014). Not safe for several threads; make one for each thing that is drawn.
 */
public final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * A stream of its own for each list of keys.
   *
   * @param keys such as a seed, a number for what is drawn, and the record
   */
  public Dice(long... keys) {
    for (long key : keys) {
      state = mix(state + GOLDEN) ^ mix(key + GOLDEN);
    }
  }

  /**
   * A number that hangs on every bit of another: a lot, such as decides what is held out.
   *
   * @param z any number
   * @return its hash; no two numbers have the same
   */
  public static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /**
   * The next 64 random bits.
   *
   * @return any number
   */
  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * Draws evenly.
   *
   * @param low included
   * @param high excluded
   * @return a number
   */
  public double between(double low, double high) {
    return low + (high - low) * ((next() >>> 11) * 0x1.0p-53);
  }

  /**
   * Draws evenly.
   *
   * @param bound 1 or more
   * @return from 0 to bound - 1
   */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /**
   * Draws about normally, mean 0 and deviation 1: the sum of four uniform numbers.
   *
   * @return from -3.5 to 3.5
   */
  public double bell() {
    long bits = next();
    long sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += bits >>> (16 * i) & 0xFFFF;
    }
    return (sum / 65536.0 - 2) * 1.7320508;
  }
}
