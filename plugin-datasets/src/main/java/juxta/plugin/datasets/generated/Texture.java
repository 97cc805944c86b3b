package juxta.plugin.datasets.generated;

import juxta.toolkit.data.Dice;

/**
 * A pattern without end, made from two colours.
 *
 * @param pattern how the colours alternate
 * @param first one colour
 * @param second the other colour
 * @param waves alternations a unit
 * @param cos cosine of the direction
 * @param sin sine of the direction
 * @param seed fixes the noise
 */
record Texture(
    Pattern pattern, Colour first, Colour second, double waves, double cos, double sin, long seed) {

  /** The ways in which two colours alternate. */
  enum Pattern {
    CLOUDS,
    STRIPES,
    CHECKS,
    DOTS
  }

  static Texture any(Dice dice, Colour first, Colour second) {
    Pattern pattern = Pattern.values()[dice.below(Pattern.values().length)];
    return of(pattern, dice, first, second, dice.between(1.2, 3));
  }

  static Texture of(Pattern pattern, Dice dice, Colour first, Colour second, double waves) {
    double angle = dice.between(0, 2 * StrictMath.PI);
    return new Texture(
        pattern, first, second, waves, StrictMath.cos(angle), StrictMath.sin(angle), dice.next());
  }

  /** The same pattern, its colours the share nearer to others. */
  Texture mixed(Colour toFirst, Colour toSecond, double share) {
    return new Texture(
        pattern, first.mixed(toFirst, share), second.mixed(toSecond, share), waves, cos, sin, seed);
  }

  Colour mean() {
    return first.mixed(second, 0.5);
  }

  Colour at(double x, double y) {
    double u = waves * (cos * x - sin * y);
    double v = waves * (sin * x + cos * y);
    double share =
        switch (pattern) {
          case CLOUDS -> clouds(u, v);
          case STRIPES -> soft(wave(u) + 0.5 * (clouds(u, v) - 0.5));
          case CHECKS -> soft((wave(u) - 0.5) * (wave(v) - 0.5) * 2 + 0.5);
          case DOTS -> soft(wave(u) + wave(v) - 0.6);
        };
    return first.mixed(second, share);
  }

  /** A triangle wave from 0 to 1 of period 1. */
  private static double wave(double t) {
    return 2 * Math.abs(t - Math.floor(t + 0.5));
  }

  private static double soft(double t) {
    return Math.max(0, Math.min(1, 2 * t - 0.5));
  }

  /** Value noise from 0 to 1 (smooth between random numbers on a grid). */
  private double clouds(double u, double v) {
    double fu = Math.floor(u);
    double fv = Math.floor(v);
    long i = (long) fu;
    long j = (long) fv;
    double a = smooth(u - fu);
    double b = smooth(v - fv);
    double top = grid(i, j) + a * (grid(i + 1, j) - grid(i, j));
    double bottom = grid(i, j + 1) + a * (grid(i + 1, j + 1) - grid(i, j + 1));
    return top + b * (bottom - top);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private double grid(long i, long j) {
    return (Dice.mix(seed + 0x632BE59BD9B4E019L * i + 0x9E3779B97F4A7C15L * j) >>> 11) * 0x1.0p-53;
  }
}
