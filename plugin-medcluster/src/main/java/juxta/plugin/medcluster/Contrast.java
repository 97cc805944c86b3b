package juxta.plugin.medcluster;

import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Setup;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** L_con: each view is to find the other view of its image among all views of the batch. */
final class Contrast {
  private Contrast() {}

  /**
   * NT-Xent, where that is the chosen loss.
   *
   * @param setup the run, whose loss is applied
   * @param scope where to build
   * @param z [2B, Q], first views before second ones, of any length
   * @param b B
   * @return a scalar
   */
  static Operand<TFloat32> of(Setup setup, GraphScope scope, Operand<TFloat32> z, int b) {
    return setup.loss(
        scope,
        Comparison.of(Similarity.cosine(scope, z, z), Targets.otherView(scope, b)) // [2B, 2B]
            .excluding(Targets.excludeSelf(scope, 2 * b)));
  }
}
