package juxta.toolkit.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Shapes that are known when the graph is built become constants, others are asked for at run. */
final class Shapes {
  private Shapes() {}

  /** Number of axes, which must be known. */
  static int rank(Operand<?> x) {
    int rank = x.shape().numDimensions();
    if (rank < 0) {
      throw new IllegalArgumentException("layers need to know their input's number of axes");
    }
    return rank;
  }

  /** Length of an axis, a scalar. */
  static Operand<TInt32> size(Ops tf, Operand<?> x, int axis) {
    long known = x.shape().get(axis);
    return known >= 0
        ? tf.constant((int) known)
        : tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
  }

  /** The shape of x, a vector. */
  static Operand<TInt32> of(Ops tf, Operand<?> x) {
    return x.shape().hasUnknownDimension()
        ? tf.shape(x)
        : tf.constant(Arrays.stream(x.shape().asArray()).mapToInt(Math::toIntExact).toArray());
  }

  /** The shape of x with another length of the last axis, a vector. */
  static Operand<TInt32> withLast(Ops tf, Operand<?> x, int last) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int axis = 0; axis < rank(x) - 1; axis++) {
      sizes.add(size(tf, x, axis));
    }
    sizes.add(tf.constant(last));
    return tf.stack(sizes);
  }

  /** [B, 1, …, 1] with as many axes as x, and the length of the last where {@code channels}. */
  static Operand<TInt32> perSample(Ops tf, Operand<?> x, boolean channels) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int axis = 0; axis < rank(x); axis++) {
      boolean kept = axis == 0 || (channels && axis == rank(x) - 1);
      sizes.add(kept ? size(tf, x, axis) : tf.constant(1));
    }
    return tf.stack(sizes);
  }
}
