package juxta.plugin.rivals;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A square matrix without its diagonal. */
final class OffDiagonal {
  private OffDiagonal() {}

  /** [D, D] with zeros on the diagonal. */
  static Operand<TFloat32> of(GraphScope scope, Operand<TFloat32> c) {
    Ops tf = scope.tf();
    return tf.math.sub(c, tf.linalg.bandPart(c, tf.constant(0L), tf.constant(0L)));
  }
}
