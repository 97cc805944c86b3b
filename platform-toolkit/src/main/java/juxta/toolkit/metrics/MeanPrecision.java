package juxta.toolkit.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Means over the queries that have a positive.
 *
 * @param queries the queries' scores
 * @param excluded number of queries without a positive, which count nowhere
 */
public record MeanPrecision(List<AveragePrecision> queries, int excluded) {
  /**
   * Copies.
   *
   * @param queries see the record
   * @param excluded see the record
   */
  public MeanPrecision {
    queries = List.copyOf(queries);
  }

  /**
   * Mean average precision.
   *
   * @return from 0 to 1; NaN if no query counts
   */
  public double map() {
    return mean(AveragePrecision::value);
  }

  /**
   * Mean precision of the first k, as {@link AveragePrecision#precisionAt} has it.
   *
   * @param k one of those that the queries were scored with
   * @return from 0 to 1; NaN if no query counts
   */
  public double precisionAt(int k) {
    return mean(query -> query.precisionAt().get(k));
  }

  private double mean(ToDoubleFunction<AveragePrecision> of) {
    return queries.stream().mapToDouble(of).average().orElse(Double.NaN);
  }
}
