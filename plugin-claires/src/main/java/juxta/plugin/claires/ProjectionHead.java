package juxta.plugin.claires;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Dropout;
import juxta.toolkit.nn.Gelu;
import juxta.toolkit.nn.LayerNorm;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings features of either kind into the common space: p = h W1 + b1, z = LayerNorm(p +
 * Dropout(GELU(p) W2 + b2)), with the names of the tutorial's {@code ProjectionHead}.
 */
final class ProjectionHead {
  /** PyTorch's default. */
  private static final double EPSILON = 1e-5;

  private final GraphScope scope;
  private final Linear projection;
  private final Linear fc;
  private final Dropout dropout;
  private final LayerNorm norm;

  ProjectionHead(GraphScope scope, int in, int out, double rate) {
    this.scope = scope;
    this.projection = new Linear(scope.sub("projection"), in, out, true);
    this.fc = new Linear(scope.sub("fc"), out, out, true);
    this.dropout = new Dropout(scope, rate);
    this.norm = new LayerNorm(scope.sub("layer_norm"), out, EPSILON);
  }

  /** h [B, in] to z [B, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> h, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> p = projection.apply(h); // [B, out]
    Operand<TFloat32> q = dropout.apply(fc.apply(Gelu.apply(tf, p)), pass); // [B, out]
    return norm.apply(tf.math.add(p, q));
  }
}
