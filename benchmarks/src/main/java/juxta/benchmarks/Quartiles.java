package juxta.benchmarks;

import java.util.Arrays;

/**
 * Middle and spread of some numbers.
 *
 * @param least the smallest number
 * @param lower a quarter of the numbers are below it
 * @param median half of them are below it
 * @param upper three quarters of them are below it
 */
record Quartiles(double least, double lower, double median, double upper) {
  static Quartiles of(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return new Quartiles(sorted[0], at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  /** Linear between the two nearest, as NumPy's percentile. */
  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
