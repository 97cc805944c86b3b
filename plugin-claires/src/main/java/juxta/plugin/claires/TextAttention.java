package juxta.plugin.claires;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.nn.Dropout;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Self-attention with the parameters of Hugging Face's DistilBERT: {@code q_lin}, {@code k_lin},
 * {@code v_lin} and {@code out_lin}, which the toolkit's attention has as one fused matrix.
 */
final class TextAttention {
  private final GraphScope scope;
  private final int width;
  private final int heads;
  private final Linear q;
  private final Linear k;
  private final Linear v;
  private final Linear out;
  private final Dropout dropout;

  TextAttention(GraphScope scope, TextPlan plan) {
    this.scope = scope;
    this.width = plan.width();
    this.heads = plan.heads();
    this.q = linear(scope.sub("q_lin"), plan, width, width);
    this.k = linear(scope.sub("k_lin"), plan, width, width);
    this.v = linear(scope.sub("v_lin"), plan, width, width);
    this.out = linear(scope.sub("out_lin"), plan, width, width);
    this.dropout = new Dropout(scope, plan.dropout());
  }

  /**
   * A linear layer that starts with biases 0 and weights drawn with deviation 0.02 at BERT's width
   * of 768, more where the width is less: with 0.02 what narrow encoders say of different texts
   * would hardly differ.
   */
  static Linear linear(GraphScope scope, TextPlan plan, int in, int out) {
    double deviation = 0.02 * Math.sqrt(768.0 / plan.width());
    return new Linear(
        scope, in, out, Initializers.normal(deviation), Optional.of(Initializers.zeros()));
  }

  /**
   * Lets tokens attend to each other.
   *
   * @param x [B, L, D]
   * @param mask [B, 1, 1, L], added to the logits
   * @return [B, L, D]
   */
  Operand<TFloat32> apply(Operand<TFloat32> x, Operand<TFloat32> mask, Pass pass) {
    Ops tf = scope.tf();
    int length = (int) x.shape().get(1);
    Operand<TFloat32> scale = scope.constant((float) (1 / Math.sqrt((double) width / heads)));
    Operand<TFloat32> queries = split(tf.math.mul(q.apply(x), scale), length);
    Operand<TFloat32> logits = // [B, heads, L, L]
        tf.math.add(
            Contractions.batchMatMulTransposed(scope, queries, split(k.apply(x), length)), mask);
    Operand<TFloat32> weights = dropout.apply(tf.nn.softmax(logits), pass);
    Operand<TFloat32> mixed = // [B, heads, L, D / heads]
        Contractions.batchMatMul(scope, weights, split(v.apply(x), length));
    Operand<TFloat32> joined = // [B, L, D]
        tf.reshape(
            tf.linalg.transpose(mixed, scope.ints(0, 2, 1, 3)), scope.ints(-1, length, width));
    return out.apply(joined);
  }

  /** [B, L, D] to [B, heads, L, D / heads]. */
  private Operand<TFloat32> split(Operand<TFloat32> x, int length) {
    Ops tf = scope.tf();
    return tf.linalg.transpose(
        tf.reshape(x, scope.ints(-1, length, heads, width / heads)), scope.ints(0, 2, 1, 3));
  }
}
