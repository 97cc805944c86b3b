package juxta.toolkit.metrics;

import java.util.Arrays;

/**
 * Mean and spread of repeated measurements.
 *
 * @param count number of measurements
 * @param mean their mean
 * @param deviation standard deviation with divisor n - 1; 0 for a single measurement
 */
public record Summary(int count, double mean, double deviation) {
  /**
   * Summarises measurements.
   *
   * @param values at least one
   * @return the summary
   */
  public static Summary of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no measurements to summarise");
    }
    // about the first, so that equal values have exactly their mean and no deviation
    double mean = values[0] + Arrays.stream(values).map(v -> v - values[0]).sum() / values.length;
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Summary(
        values.length, mean, values.length == 1 ? 0 : Math.sqrt(square / (values.length - 1)));
  }
}
