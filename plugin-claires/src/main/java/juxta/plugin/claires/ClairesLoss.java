package juxta.plugin.claires;

import juxta.api.GraphScope;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The two losses. Row i of T is a text, row i of V its image; rows of the logits G are texts,
 * columns are images. Both are means of the two directions of search.
 */
final class ClairesLoss {
  private ClairesLoss() {}

  /**
   * SOFT, of the tutorial's {@code CLIP.py}: G = T Vᵀ / τ is to be as Y = softmax(τ (V Vᵀ + T Tᵀ) /
   * 2), by row, and Gᵀ as Yᵀ, whose rows need not sum to 1. Gradients flow through Y, too, which is
   * why this is no {@link juxta.api.Loss}.
   *
   * @param t T, [B, D], of any length
   * @param v V, [B, D], of any length
   * @param temperature τ
   * @return a scalar
   */
  static Operand<TFloat32> soft(
      GraphScope scope, Operand<TFloat32> t, Operand<TFloat32> v, double temperature) {
    Ops tf = scope.tf();
    Operand<TFloat32> g = // [B, B]
        tf.math.div(Similarity.dot(scope, t, v), scope.constant((float) temperature));
    Operand<TFloat32> alike =
        tf.math.add(Similarity.dot(scope, v, v), Similarity.dot(scope, t, t)); // [B, B]
    Operand<TFloat32> y =
        tf.nn.softmax(tf.math.mul(alike, scope.constant((float) (temperature / 2)))); // [B, B]
    return half(
        scope,
        crossEntropy(scope, g, y),
        crossEntropy(scope, transposed(scope, g), transposed(scope, y)));
  }

  /** Mean over the rows of -sum_j y_ij log softmax(g)_ij; rows of y may have any sum. */
  private static Operand<TFloat32> crossEntropy(
      GraphScope scope, Operand<TFloat32> g, Operand<TFloat32> y) {
    Ops tf = scope.tf();
    Operand<TFloat32> products = tf.math.mul(y, tf.nn.logSoftmax(g)); // [B, B]
    return tf.math.neg(tf.math.mean(tf.reduceSum(products, scope.ints(1)), scope.ints(0)));
  }

  /**
   * HARD, of CLIP (figure 3): cosines times a scale, each text is to find its image and each image
   * its text; equal texts share the target.
   *
   * @param t T, [B, D], of any length
   * @param v V, [B, D], of any length
   * @param scale 1 / τ, a scalar
   * @param targets [B, B], see {@link #sameText}
   * @return a scalar
   */
  static Operand<TFloat32> hard(
      GraphScope scope,
      Operand<TFloat32> t,
      Operand<TFloat32> v,
      Operand<TFloat32> scale,
      Operand<TFloat32> targets) {
    Operand<TFloat32> g = // [B, B]
        scope.tf().math.mul(Similarity.cosine(scope, t, v), scale);
    return half(
        scope,
        SoftCrossEntropy.apply(scope, g, targets),
        SoftCrossEntropy.apply(scope, transposed(scope, g), targets));
  }

  /**
   * Targets of HARD: the identity where all texts differ; where texts repeat, each row's 1 is
   * shared by all records of its text. The matrix is symmetric.
   *
   * @param texts [B], the same number for the same canonical text
   * @return [B, B], rows sum to 1
   */
  static Operand<TFloat32> sameText(GraphScope scope, Operand<TInt32> texts) {
    Ops tf = scope.tf();
    Operand<TFloat32> same = // [B, B] of 0 and 1
        tf.dtypes.cast(
            tf.math.equal(
                tf.expandDims(texts, tf.constant(1)), tf.expandDims(texts, tf.constant(0))),
            TFloat32.class);
    return tf.math.div(same, tf.reduceSum(same, scope.ints(1), ReduceSum.keepDims(true)));
  }

  static Operand<TFloat32> half(GraphScope scope, Operand<TFloat32> one, Operand<TFloat32> other) {
    return scope.tf().math.mul(scope.tf().math.add(one, other), scope.constant(0.5f));
  }

  static Operand<TFloat32> transposed(GraphScope scope, Operand<TFloat32> x) {
    return scope.tf().linalg.transpose(x, scope.ints(1, 0));
  }
}
