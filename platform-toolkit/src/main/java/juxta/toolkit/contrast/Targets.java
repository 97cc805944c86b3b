package juxta.toolkit.contrast;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The usual target matrices, [N, M]: how alike each query and each key should be. */
public final class Targets {
  private Targets() {}

  /**
   * Query i belongs to key i.
   *
   * @param scope where to build
   * @param n number of queries and of keys
   * @return [n, n]
   */
  public static Operand<TFloat32> identity(GraphScope scope, int n) {
    return hot(scope, range(scope, n), n);
  }

  /**
   * Query i belongs to key i, with more keys behind those.
   *
   * @param scope where to build
   * @param n number of queries
   * @param m number of keys, n or more
   * @return [n, m]
   */
  public static Operand<TFloat32> identity(GraphScope scope, int n, int m) {
    return hot(scope, range(scope, n), m);
  }

  /**
   * Every query belongs to the first key of its row, as in MoCo, where the columns are the query's
   * own key and the queue.
   *
   * @param scope where to build
   * @param n number of queries
   * @param m number of keys
   * @return [n, m]
   */
  public static Operand<TFloat32> first(GraphScope scope, int n, int m) {
    Ops tf = scope.tf();
    return hot(scope, tf.fill(tf.constant(new int[] {n}), tf.constant(0)), m);
  }

  /**
   * Rows are the first views of B records and then their second views; row i belongs to row (i + B)
   * mod 2B, as in NT-Xent.
   *
   * @param scope where to build
   * @param records B
   * @return [2B, 2B]
   */
  public static Operand<TFloat32> otherView(GraphScope scope, int records) {
    Ops tf = scope.tf();
    Operand<TInt32> other =
        tf.math.mod(
            tf.math.add(range(scope, 2 * records), tf.constant(records)), tf.constant(2 * records));
    return hot(scope, other, 2 * records);
  }

  /**
   * The pairs of a row with itself, for {@link juxta.api.Comparison#excluding}.
   *
   * @param scope where to build
   * @param n number of rows
   * @return [n, n] of 0 and 1
   */
  public static Operand<TFloat32> excludeSelf(GraphScope scope, int n) {
    return identity(scope, n);
  }

  private static Operand<TInt32> range(GraphScope scope, int n) {
    Ops tf = scope.tf();
    return tf.range(tf.constant(0), tf.constant(n), tf.constant(1));
  }

  private static Operand<TFloat32> hot(GraphScope scope, Operand<TInt32> columns, int m) {
    Ops tf = scope.tf();
    return tf.oneHot(columns, tf.constant(m), tf.constant(1f), tf.constant(0f));
  }
}
