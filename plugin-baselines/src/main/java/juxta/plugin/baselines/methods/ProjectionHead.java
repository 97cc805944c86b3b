package juxta.plugin.baselines.methods;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** SimCLR's head: linear, BN, ReLU, linear, BN; no biases before BN (tf2/model.py). */
final class ProjectionHead {
  private final GraphScope scope;
  private final Linear hidden;
  private final BatchNorm hiddenNorm;
  private final Linear out;
  private final BatchNorm outNorm;

  ProjectionHead(GraphScope scope, int in, int width, int outWidth) {
    this.scope = scope;
    hidden = new Linear(scope.sub("0"), in, width, false);
    hiddenNorm = new BatchNorm(scope.sub("1"), width);
    out = new Linear(scope.sub("3"), width, outWidth, false);
    outNorm = new BatchNorm(scope.sub("4"), outWidth);
  }

  /** [B, in] to [B, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> h, Pass pass) {
    Operand<TFloat32> x = hiddenNorm.apply(hidden.apply(h), pass);
    return outNorm.apply(out.apply(scope.tf().nn.relu(x)), pass);
  }
}
