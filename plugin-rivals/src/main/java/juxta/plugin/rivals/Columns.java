package juxta.plugin.rivals;

import juxta.api.GraphScope;
import juxta.toolkit.graph.Exact;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** What losses that look at the columns of a batch's outputs have in common. */
final class Columns {
  private Columns() {}

  /** Outputs [B, D] without the means of their columns. */
  static Operand<TFloat32> centred(GraphScope scope, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    Operand<TFloat32> exact = Exact.fence(scope, z);
    return tf.math.sub(exact, tf.math.mean(exact, scope.ints(0), Mean.keepDims(true)));
  }

  /** The sum of the squares of [D, D] that are not on its diagonal. */
  static Operand<TFloat32> offDiagonal(GraphScope scope, Operand<TFloat32> c) {
    Ops tf = scope.tf();
    Operand<TFloat32> rest = // [D, D] with zeros on the diagonal
        tf.math.sub(c, tf.linalg.bandPart(c, tf.constant(0L), tf.constant(0L)));
    return tf.reduceSum(tf.math.square(rest), scope.ints(0, 1));
  }
}
