package juxta.toolkit.contrast;

import juxta.api.GraphScope;
import juxta.toolkit.graph.Exact;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** How alike rows are. */
public final class Similarity {
  /** Square of the norm below which a row is not made longer. */
  private static final float FLOOR = 1e-24f;

  private Similarity() {}

  /**
   * Cosines between all queries and all keys.
   *
   * @param scope where to build
   * @param q [N, D], of any length
   * @param k [M, D], of any length
   * @return [N, M], in [-1, 1]
   */
  public static Operand<TFloat32> cosine(
      GraphScope scope, Operand<TFloat32> q, Operand<TFloat32> k) {
    return dot(scope, unit(scope, q), unit(scope, k));
  }

  /**
   * Cosines between each query and the key of the same row.
   *
   * @param scope where to build
   * @param q [N, D], of any length
   * @param k [N, D], of any length
   * @return [N]
   */
  public static Operand<TFloat32> paired(
      GraphScope scope, Operand<TFloat32> q, Operand<TFloat32> k) {
    return scope
        .tf()
        .reduceSum(scope.tf().math.mul(unit(scope, q), unit(scope, k)), scope.ints(-1));
  }

  /**
   * Dot products between all queries and all keys.
   *
   * @param scope where to build
   * @param q [N, D]
   * @param k [M, D]
   * @return [N, M]
   */
  public static Operand<TFloat32> dot(GraphScope scope, Operand<TFloat32> q, Operand<TFloat32> k) {
    return Exact.matMul(scope, q, k, MatMul.transposeB(true));
  }

  /**
   * Rows divided by their norm, or by 1e-12 if they are shorter than that: the gradient is finite
   * everywhere.
   *
   * @param scope where to build
   * @param x [..., D]
   * @return [..., D]
   */
  public static Operand<TFloat32> unit(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> exact = Exact.fence(scope, x);
    Operand<TFloat32> square =
        tf.reduceSum(tf.math.square(exact), scope.ints(-1), ReduceSum.keepDims(true));
    return tf.math.mul(exact, tf.math.rsqrt(tf.math.maximum(square, tf.constant(FLOOR))));
  }
}
