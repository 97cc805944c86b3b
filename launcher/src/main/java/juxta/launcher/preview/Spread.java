package juxta.launcher.preview;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How numbers spread.
 *
 * @param least the smallest
 * @param median the one in the middle, of an even number the lower one
 * @param greatest the largest
 */
public record Spread(
    @JsonProperty("min") double least, double median, @JsonProperty("max") double greatest) {
  /**
   * Of some numbers.
   *
   * @param numbers one or more
   * @return their spread
   */
  public static Spread of(List<? extends Number> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    return new Spread(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
  }

  /**
   * Whether all numbers are the same.
   *
   * @return true if they are
   */
  public boolean one() {
    return least == greatest;
  }
}
