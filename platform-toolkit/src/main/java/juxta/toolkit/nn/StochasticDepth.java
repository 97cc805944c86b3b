package juxta.toolkit.nn;

import juxta.api.GraphScope;
import juxta.api.Pass;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Drops a residual branch for single records and scales it up for the others (Huang et al., 2016;
 * {@code DropPath} in timm). Networks let the rate grow linearly with depth.
 */
public final class StochasticDepth {
  private final GraphScope scope;
  private final double rate;

  /**
   * Makes the layer, which has no parameters.
   *
   * @param scope where its randomness comes from
   * @param rate probability of being dropped, in [0, 1)
   */
  public StochasticDepth(GraphScope scope, double rate) {
    this.scope = scope;
    this.rate = Masks.rate(rate);
  }

  /**
   * Applies the layer; the mask differs for every application and step.
   *
   * @param x [B, ..., C]
   * @param pass in which mode
   * @return x itself unless {@link Pass#dropout}
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    return pass.dropout() && rate > 0
        ? Masks.drop(scope, "stochastic-depth", rate, x, Shapes.perSample(scope.tf(), x, false))
        : x;
  }
}
