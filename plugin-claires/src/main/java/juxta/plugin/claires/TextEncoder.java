package juxta.plugin.claires;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Dropout;
import juxta.toolkit.nn.Embedding;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.LayerNorm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * DistilBERT (Sanh et al. 2019, arXiv 1910.01108) with the parameter names of Hugging Face's {@code
 * DistilBertModel}: learned positions, no segments, no pooler. A text's embedding is the final
 * state of its first token, {@code [CLS]}.
 */
final class TextEncoder {
  /** Of all layer normalisations, as in BERT. */
  static final double EPSILON = 1e-12;

  /** Added to the logits of padding: its share of the softmax is 0 in float32. */
  private static final float FAR = -1e9f;

  private final GraphScope scope;
  private final TextPlan plan;
  private final Embedding words;
  private final Embedding positions;
  private final LayerNorm norm;
  private final Dropout dropout;
  private final List<TextBlock> blocks = new ArrayList<>();

  TextEncoder(GraphScope scope, TextPlan plan) {
    this.scope = scope;
    this.plan = plan;
    GraphScope embeddings = scope.sub("embeddings");
    int width = plan.width();
    this.words =
        new Embedding(
            embeddings.sub("word_embeddings"), plan.tokens(), width, Initializers.normal(0.02));
    this.positions =
        new Embedding(
            embeddings.sub("position_embeddings"),
            plan.positions(),
            width,
            Initializers.normal(0.02));
    this.norm = new LayerNorm(embeddings.sub("LayerNorm"), width, EPSILON);
    this.dropout = new Dropout(embeddings, plan.dropout());
    for (int i = 0; i < plan.layers(); i++) {
      blocks.add(new TextBlock(scope.sub("transformer.layer").sub(Integer.toString(i)), plan));
    }
  }

  /** Length D of an embedding. */
  int width() {
    return plan.width();
  }

  /**
   * Encodes texts.
   *
   * @param tokens [B, L], L known and at most the number of positions
   * @param padding id of the token that fills short texts up; nothing attends to it
   * @return h_T, [B, D]
   */
  Operand<TFloat32> apply(Operand<TInt32> tokens, int padding, Pass pass) {
    Ops tf = scope.tf();
    int length = (int) tokens.shape().get(1);
    Operand<TFloat32> places = // [L, D]
        tf.slice(positions.weight().value(), scope.ints(0, 0), scope.ints(length, plan.width()));
    Operand<TFloat32> x = // [B, L, D]
        dropout.apply(norm.apply(tf.math.add(words.apply(tokens), places)), pass);
    Operand<TFloat32> filled = // [B, L] of 0 and 1
        tf.dtypes.cast(tf.math.equal(tokens, tf.constant(padding)), TFloat32.class);
    Operand<TFloat32> mask = // [B, 1, 1, L]
        tf.reshape(tf.math.mul(filled, scope.constant(FAR)), scope.ints(-1, 1, 1, length));
    for (TextBlock block : blocks) {
      x = block.apply(x, mask, pass);
    }
    return tf.reshape( // [B, D]
        tf.slice(x, scope.ints(0, 0, 0), scope.ints(-1, 1, -1)), scope.ints(-1, plan.width()));
  }
}
