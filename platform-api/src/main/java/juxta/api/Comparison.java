package juxta.api;

import java.util.Optional;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a contrastive loss compares: how alike N queries and M keys are, and how alike they should
 * be.
 *
 * @param similarities [N, M], cosines in [-1, 1], not divided by a temperature
 * @param targets [N, M], rows sum to 1; no gradient flows into them
 * @param excluded [N, M] of 0 and 1: pairs with 1 take no part, such as a row with itself
 * @param smoothed whether a share of every row of the targets is spread over all keys (label
 *     smoothing), so that a target above 0 does not tell a positive
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Comparison(
    Operand<TFloat32> similarities,
    Operand<TFloat32> targets,
    Optional<Operand<TFloat32>> excluded,
    boolean smoothed) {
  /**
   * A comparison in which every pair takes part.
   *
   * @param similarities [N, M]
   * @param targets [N, M]
   * @return the comparison
   */
  public static Comparison of(Operand<TFloat32> similarities, Operand<TFloat32> targets) {
    return new Comparison(similarities, targets, Optional.empty(), false);
  }

  /**
   * The same comparison without some pairs.
   *
   * @param pairs [N, M] of 0 and 1
   * @return a new comparison
   */
  public Comparison excluding(Operand<TFloat32> pairs) {
    return new Comparison(similarities, targets, Optional.of(pairs), smoothed);
  }

  /**
   * The same comparison, with the word that its targets are smoothed.
   *
   * @return a new comparison
   */
  public Comparison withSmoothedTargets() {
    return new Comparison(similarities, targets, excluded, true);
  }
}
