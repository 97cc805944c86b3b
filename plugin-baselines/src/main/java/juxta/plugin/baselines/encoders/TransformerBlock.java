package juxta.plugin.baselines.encoders;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.LayerNorm;
import juxta.toolkit.nn.Mlp;
import juxta.toolkit.nn.MultiHeadAttention;
import juxta.toolkit.nn.StochasticDepth;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A pre-norm transformer block, as in timm. */
final class TransformerBlock {
  private final GraphScope scope;
  private final LayerNorm norm1;
  private final MultiHeadAttention attention;
  private final LayerNorm norm2;
  private final Mlp mlp;
  private final StochasticDepth depth;

  TransformerBlock(GraphScope scope, VisionTransformer.Plan plan, double dropPath) {
    this.scope = scope;
    int width = plan.width();
    this.norm1 = new LayerNorm(scope.sub("norm1"), width, VisionTransformer.EPSILON);
    this.attention =
        new MultiHeadAttention(
            scope.sub("attn"),
            width,
            plan.heads(),
            plan.initial().weight(3),
            plan.initial().weight(1));
    this.norm2 = new LayerNorm(scope.sub("norm2"), width, VisionTransformer.EPSILON);
    int hidden = (int) Math.round(width * plan.mlpRatio());
    this.mlp = new Mlp(scope.sub("mlp"), width, hidden, plan.initial().weight(1));
    this.depth = new StochasticDepth(scope, dropPath);
  }

  /** [B, T, D] to [B, T, D]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> y = tf.math.add(x, depth.apply(attention.apply(norm1.apply(x)), pass));
    return tf.math.add(y, depth.apply(mlp.apply(norm2.apply(y)), pass));
  }
}
