package juxta.api;

import java.util.Map;

/**
 * A number that an evaluator found.
 *
 * @param metric its name, for example {@code accuracy}; a name with a slash, for example {@code
 *     iou/road}, is a detail, which files have and tables leave out
 * @param value the number; rates are fractions of 1
 * @param unit how to show it
 * @param protocol the settings that the number depends on, shown beside it
 */
public record Score(String metric, double value, Unit unit, Map<String, String> protocol) {
  /** How a score is shown. */
  public enum Unit {
    /** A fraction of 1, shown in per cent. */
    RATE,
    /** A plain number. */
    NUMBER
  }

  /**
   * Copies.
   *
   * @param metric see the record
   * @param value see the record
   * @param unit see the record
   * @param protocol see the record
   */
  public Score {
    protocol = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(protocol));
  }
}
