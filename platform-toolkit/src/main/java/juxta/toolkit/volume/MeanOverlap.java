package juxta.toolkit.volume;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The scores of several masks.
 *
 * @param mean mean of each score over the masks in which it is defined; not a number if it is in
 *     none
 * @param masks number of masks
 * @param undefined number of masks without distances
 */
public record MeanOverlap(Overlap mean, int masks, int undefined) {
  /**
   * Averages.
   *
   * @param scores of each mask, at least one
   * @return the means
   */
  public static MeanOverlap of(List<Overlap> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("no scores to average");
    }
    int undefined = (int) scores.stream().filter(s -> Double.isNaN(s.asd())).count();
    return new MeanOverlap(
        new Overlap(
            mean(scores, Overlap::dice),
            mean(scores, Overlap::jaccard),
            mean(scores, Overlap::hd95),
            mean(scores, Overlap::asd)),
        scores.size(),
        undefined);
  }

  private static double mean(List<Overlap> scores, ToDoubleFunction<Overlap> score) {
    return scores.stream()
        .mapToDouble(score)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
