package juxta.plugin.fba;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * What is drawn for each record's view of a slice, all [N, 1, 1]. With probability 1/2 it is turned
 * by quarters and flipped, else with probability 1/2 rotated, else left as it is.
 *
 * <p>A turn by any number of quarters and a flip along either axis are together one of the four
 * reflections of a square, each as probable as the others: along x, along y, and about the two
 * diagonals, which exchange the axes.
 *
 * @param slice number of the slice, from 0 to the real length of z
 * @param across whether the axes are exchanged
 * @param mirrorX whether x runs backwards
 * @param mirrorY whether y runs backwards
 * @param degrees of the rotation, -20 to 19; 0 where there is none
 */
record SliceDraws(
    Operand<TInt32> slice,
    Operand<TBool> across,
    Operand<TBool> mirrorX,
    Operand<TBool> mirrorY,
    Operand<TInt32> degrees) {
  private static final int LEAST = -20;
  private static final int BEYOND = 20;

  /**
   * Draws.
   *
   * @param extent real lengths of the scans [N, 3]
   */
  static SliceDraws of(GraphScope scope, Operand<TInt32> extent) {
    Ops tf = scope.tf();
    Operand<TInt32> n = tf.slice(tf.shape(extent), scope.ints(0), scope.ints(1)); // [1]
    Operand<TFloat32> u = // [N, 6], in [0, 1)
        tf.random.statelessRandomUniform(
            tf.concat(List.of(n, scope.ints(6)), tf.constant(0)), scope.seed("slice"));
    Operand<TBool> quarters = coin(scope, u, 1);
    Operand<TBool> across = tf.math.logicalAnd(quarters, coin(scope, u, 2));
    Operand<TBool> second = tf.math.logicalAnd(quarters, coin(scope, u, 3)); // of each two
    Operand<TBool> first = tf.math.logicalAnd(quarters, tf.math.logicalNot(second));
    Operand<TBool> rotate = tf.math.logicalAnd(tf.math.logicalNot(quarters), coin(scope, u, 4));
    Operand<TInt32> degrees =
        tf.math.add(
            below(scope, tf.constant(BEYOND - LEAST), column(scope, u, 5)), tf.constant(LEAST));
    return new SliceDraws(
        below(scope, column(scope, extent, 2), column(scope, u, 0)),
        across,
        tf.select(across, second, first), // about the first diagonal nothing runs backwards
        second,
        tf.select(rotate, degrees, tf.constant(0)));
  }

  /** A column of a matrix, [N, 1, 1]. */
  static <T extends TType> Operand<T> column(GraphScope scope, Operand<T> matrix, int column) {
    Ops tf = scope.tf();
    return tf.reshape(
        tf.slice(matrix, scope.ints(0, column), scope.ints(-1, 1)), scope.ints(-1, 1, 1));
  }

  private static Operand<TBool> coin(GraphScope scope, Operand<TFloat32> u, int column) {
    return scope.tf().math.less(column(scope, u, column), scope.constant(0.5f));
  }

  /** A whole number from 0 to below the length. */
  private static Operand<TInt32> below(
      GraphScope scope, Operand<TInt32> length, Operand<TFloat32> u) {
    Ops tf = scope.tf();
    return tf.math.minimum( // the product may be rounded up to the length
        tf.dtypes.cast(
            tf.math.floor(tf.math.mul(u, tf.dtypes.cast(length, TFloat32.class))), TInt32.class),
        tf.math.sub(length, tf.constant(1)));
  }
}
