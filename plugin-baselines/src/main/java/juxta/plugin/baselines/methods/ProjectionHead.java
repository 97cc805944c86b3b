package juxta.plugin.baselines.methods;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * SimCLR's head: linear, BN, ReLU, linear, BN. Linear layers have no biases before BN and start
 * from N(0, 0.01); the last BN has a scale but no bias (google-research/simclr, tf2/model.py).
 */
final class ProjectionHead {
  private static final double DEVIATION = 0.01;

  private final GraphScope scope;
  private final Linear hidden;
  private final BatchNorm hiddenNorm;
  private final Linear out;
  private final BatchNorm outNorm;
  private final Operand<TFloat32> outScale;

  ProjectionHead(GraphScope scope, int in, int width, int outWidth) {
    this.scope = scope;
    hidden = linear(scope.sub("0"), in, width);
    hiddenNorm = new BatchNorm(scope.sub("1"), width);
    out = linear(scope.sub("3"), width, outWidth);
    outNorm = new BatchNorm(scope.sub("4"), outWidth, false, 1);
    outScale = scope.sub("4").weight("weight", Layout.PLAIN, Initializers.ones(), outWidth).value();
  }

  private static Linear linear(GraphScope scope, int in, int out) {
    return new Linear(scope, in, out, Initializers.normal(DEVIATION), Optional.empty());
  }

  /** [B, in] to [B, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> h, Pass pass) {
    Operand<TFloat32> x = scope.tf().nn.relu(hiddenNorm.apply(hidden.apply(h), pass));
    return scope.tf().math.mul(outNorm.apply(out.apply(x), pass), outScale);
  }
}
