package juxta.api;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * A number that an evaluator found.
 *
 * @param metric its name, for example {@code accuracy}; a name with a slash, for example {@code
 *     iou/road}, is a detail, which files have and tables leave out
 * @param value the number; rates are fractions of 1
 * @param unit how to show it
 * @param better which of two values is the better one
 * @param protocol the settings that the number depends on, shown beside it; {@link #CHANCE} among
 *     them is what guessing would reach, a number like {@code value}
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Score(
    String metric, double value, Unit unit, Better better, Map<String, String> protocol) {
  /** Where a protocol says what guessing would reach. */
  public static final String CHANCE = "chance";

  /** How a score is shown. */
  public enum Unit {
    /** A fraction of 1, shown in per cent. */
    RATE,
    /** A plain number. */
    NUMBER
  }

  /** Which of two values is the better one. */
  public enum Better {
    /** The greater one, as of an accuracy. */
    HIGHER,
    /** The smaller one, as of a distance. */
    LOWER,
    /**
     * Neither: the number says something about the data, such as the share of the largest class.
     */
    NEITHER
  }

  /**
   * Copies.
   *
   * @param metric see the record
   * @param value see the record
   * @param unit see the record
   * @param better see the record
   * @param protocol see the record
   */
  public Score {
    protocol = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(protocol));
  }

  /**
   * A score of which the greater value is the better one.
   *
   * @param metric see the record
   * @param value see the record
   * @param unit see the record
   * @param protocol see the record
   */
  public Score(String metric, double value, Unit unit, Map<String, String> protocol) {
    this(metric, value, unit, Better.HIGHER, protocol);
  }
}
