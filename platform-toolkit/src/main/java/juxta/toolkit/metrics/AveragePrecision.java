package juxta.toolkit.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well one query's ranking finds its positives, as the revisited Oxford and Paris benchmarks
 * measure it ({@code filipradenovic/revisitop}, {@code python/evaluate.py}): ignored candidates are
 * taken out of the ranking, and the average precision is the area under the precision-recall curve
 * by the trapezoid rule, not the sum over steps that most libraries compute.
 *
 * @param value average precision from 0 to 1
 * @param precisionAt for each k asked for, the precision of the first min(k, rank of the last
 *     positive) candidates
 * @param positives number of positives, found or not
 */
public record AveragePrecision(double value, Map<Integer, Double> precisionAt, int positives) {
  /**
   * Copies.
   *
   * @param value see the record
   * @param precisionAt see the record
   * @param positives see the record
   */
  public AveragePrecision {
    precisionAt = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(precisionAt));
  }

  /**
   * Scores a ranking.
   *
   * @param ranking candidates, best first; those that are missing count as not found
   * @param positives candidates that should come first
   * @param ignored candidates that count neither for nor against
   * @param ks lengths of lists to give the precision of, 1 or more
   * @return the score, or nothing if there is no positive
   */
  public static Optional<AveragePrecision> of(
      int[] ranking, BitSet positives, BitSet ignored, int... ks) {
    int n = positives.cardinality();
    if (n == 0) {
      return Optional.empty();
    }
    List<Integer> found = new ArrayList<>(); // zero-based places, as if the ignored were not there
    int place = 0;
    for (int candidate : ranking) {
      if (positives.get(candidate)) {
        found.add(place++);
      } else if (!ignored.get(candidate)) {
        place++;
      }
    }
    return Optional.of(new AveragePrecision(trapezoid(found, n), precisions(found, ks), n));
  }

  /** sum_j (a_j + b_j) / 2n, a_j = j / r_j or 1 at the top, b_j = (j + 1) / (r_j + 1). */
  private static double trapezoid(List<Integer> found, int n) {
    double sum = 0;
    for (int j = 0; j < found.size(); j++) {
      int r = found.get(j);
      double before = r == 0 ? 1 : (double) j / r;
      double after = (j + 1.0) / (r + 1);
      sum += before + after;
    }
    return sum / (2 * n);
  }

  private static Map<Integer, Double> precisions(List<Integer> found, int... ks) {
    Map<Integer, Double> precisions = new LinkedHashMap<>();
    int last = found.isEmpty() ? 0 : found.get(found.size() - 1) + 1;
    for (int k : ks) {
      int length = Math.min(last, k);
      long within = found.stream().filter(r -> r + 1 <= length).count();
      precisions.put(k, length == 0 ? 0 : (double) within / length);
    }
    return precisions;
  }

  /**
   * Ranks candidates by their scores, best first; of equal scores the first candidate comes first.
   * Scores that are no numbers come last, positives behind the others, so that a model that fails
   * is not rewarded by the order of the candidates.
   *
   * @param scores a score a candidate; higher is better
   * @param positives candidates that should come first
   * @return all candidates in order
   */
  public static int[] ranking(float[] scores, BitSet positives) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          boolean none = Float.isNaN(scores[a]);
          if (none || Float.isNaN(scores[b])) {
            return none != Float.isNaN(scores[b])
                ? (none ? 1 : -1)
                : Boolean.compare(positives.get(a), positives.get(b));
          }
          // 0 and -0 are equal
          return scores[a] == scores[b] ? 0 : Float.compare(scores[b], scores[a]);
        });
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
