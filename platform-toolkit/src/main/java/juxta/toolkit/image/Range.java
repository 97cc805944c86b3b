package juxta.toolkit.image;

/**
 * An interval of numbers.
 *
 * @param low its start
 * @param high its end, not below the start
 */
public record Range(double low, double high) {
  /**
   * Checks.
   *
   * @param low see the record
   * @param high see the record
   */
  public Range {
    if (!(low <= high)) {
      throw new IllegalArgumentException(low + " to " + high + " is no range");
    }
  }
}
