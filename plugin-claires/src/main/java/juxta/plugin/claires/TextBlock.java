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

/** A block of DistilBERT, which normalises after each residual add. */
final class TextBlock {
  private final GraphScope scope;
  private final TextAttention attention;
  private final LayerNorm afterAttention;
  private final Linear lin1;
  private final Linear lin2;
  private final Dropout dropout;
  private final LayerNorm afterFeedForward;

  TextBlock(GraphScope scope, TextPlan plan) {
    this.scope = scope;
    this.attention = new TextAttention(scope.sub("attention"), plan);
    this.afterAttention =
        new LayerNorm(scope.sub("sa_layer_norm"), plan.width(), TextEncoder.EPSILON);
    this.lin1 = TextAttention.linear(scope.sub("ffn.lin1"), plan, plan.width(), plan.hidden());
    this.lin2 = TextAttention.linear(scope.sub("ffn.lin2"), plan, plan.hidden(), plan.width());
    this.dropout = new Dropout(scope.sub("ffn"), plan.dropout());
    this.afterFeedForward =
        new LayerNorm(scope.sub("output_layer_norm"), plan.width(), TextEncoder.EPSILON);
  }

  /** [B, L, D] to [B, L, D]; the mask is [B, 1, 1, L]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Operand<TFloat32> mask, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> y =
        afterAttention.apply(tf.math.add(attention.apply(x, mask, pass), x)); // [B, L, D]
    Operand<TFloat32> fed =
        dropout.apply(lin2.apply(Gelu.apply(tf, lin1.apply(y))), pass); // [B, L, D]
    return afterFeedForward.apply(tf.math.add(fed, y));
  }
}
