package juxta.toolkit.discrimination;

import juxta.api.Step;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a framework makes of two views.
 *
 * @param loss L, a scalar
 * @param feature h, [B, D] or [2B, D]: what the encoder makes, watched for collapse
 */
public record Objective(Operand<TFloat32> loss, Operand<TFloat32> feature) {
  /**
   * The step's outputs.
   *
   * @return a step of one run
   */
  public Step step() {
    return Step.of(loss).with(Step.EMBEDDING, feature);
  }
}
