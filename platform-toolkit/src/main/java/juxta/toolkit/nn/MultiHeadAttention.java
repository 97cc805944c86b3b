package juxta.toolkit.nn;

import java.util.List;
import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Self-attention with several heads (Vaswani et al., 2017), with timm's parameters: {@code
 * qkv.weight}, {@code qkv.bias}, {@code proj.weight}, {@code proj.bias}.
 */
public final class MultiHeadAttention {
  private final GraphScope scope;
  private final int width;
  private final int heads;
  private final Linear qkv;
  private final Linear proj;

  /**
   * Makes the parameters; biases start as zeros.
   *
   * @param scope where to make them
   * @param width length D of a token
   * @param heads number of heads, a divisor of the width
   * @param qkv first value of the three matrices that lie side by side, [D, 3 D]
   * @param proj first value of the matrix at the end, [D, D]
   * @throws IllegalArgumentException if the heads do not divide the width
   */
  public MultiHeadAttention(
      GraphScope scope,
      int width,
      int heads,
      Initializer<TFloat32> qkv,
      Initializer<TFloat32> proj) {
    if (width % heads != 0) {
      throw new IllegalArgumentException(heads + " heads do not divide width " + width);
    }
    this.scope = scope;
    this.width = width;
    this.heads = heads;
    Optional<Initializer<TFloat32>> bias = Optional.of(Initializers.zeros());
    this.qkv = new Linear(scope.sub("qkv"), width, 3 * width, qkv, bias);
    this.proj = new Linear(scope.sub("proj"), width, width, proj, bias);
  }

  /**
   * Lets every token attend to every other.
   *
   * @param x [B, T, D]
   * @return [B, T, D]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    return attend(x, Optional.empty());
  }

  /**
   * Lets every token attend to those that the mask allows: padding of a text, for example.
   *
   * @param x [B, T, D]
   * @param mask added to the logits: 0 where a token may attend, a large negative number elsewhere;
   *     broadcast to [B, heads, T, T]
   * @return [B, T, D]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x, Operand<TFloat32> mask) {
    return attend(x, Optional.of(mask));
  }

  private Operand<TFloat32> attend(Operand<TFloat32> x, Optional<Operand<TFloat32>> mask) {
    Ops tf = scope.tf();
    int head = width / heads;
    Operand<TInt32> tokens = Shapes.size(tf, x, 1);
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, width})); // [B T, D]
    List<Output<TFloat32>> parts = // three of [B T, D]
        tf.split(tf.constant(1), qkv.apply(flat), 3L).output();
    Operand<TInt32> apart =
        tf.stack(List.of(tf.constant(-1), tokens, tf.constant(heads), tf.constant(head)));
    Operand<TFloat32> q = // [B, heads, T, D / heads]
        tf.math.mul(byHead(tf, parts.get(0), apart), tf.constant((float) (1 / Math.sqrt(head))));
    Operand<TFloat32> k = byHead(tf, parts.get(1), apart);
    Operand<TFloat32> v = byHead(tf, parts.get(2), apart);
    Operand<TFloat32> logits = Contractions.batchMatMulTransposed(scope, q, k); // [B, heads, T, T]
    if (mask.isPresent()) {
      logits = tf.math.add(logits, mask.get());
    }
    Operand<TFloat32> mixed = // [B, heads, T, D / heads]
        Contractions.batchMatMul(scope, tf.nn.softmax(logits), v);
    Operand<TFloat32> joined = // [B T, D]
        tf.reshape(
            tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3})),
            tf.constant(new int[] {-1, width}));
    Operand<TInt32> back = tf.stack(List.of(tf.constant(-1), tokens, tf.constant(width)));
    return tf.reshape(proj.apply(joined), back);
  }

  /** [B T, D] to [B, heads, T, D / heads]. */
  private static Operand<TFloat32> byHead(Ops tf, Operand<TFloat32> rows, Operand<TInt32> shape) {
    return tf.linalg.transpose(tf.reshape(rows, shape), tf.constant(new int[] {0, 2, 1, 3}));
  }
}
