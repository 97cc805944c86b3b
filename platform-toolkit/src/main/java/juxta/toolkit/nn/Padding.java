package juxta.toolkit.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Padding as PyTorch does it. */
public final class Padding {
  private Padding() {}

  /**
   * Puts zeros around the spatial axes, which are all but the first and the last.
   *
   * @param tf makes operations
   * @param x [B, H, W, C] or [B, X, Y, Z, C]
   * @param padding zeros on each side of each spatial axis
   * @return x with each spatial axis longer by 2 padding
   */
  public static Operand<TFloat32> zeros(Ops tf, Operand<TFloat32> x, int padding) {
    int rank = Shapes.rank(x);
    int[][] sides = new int[rank][2];
    for (int axis = 1; axis < rank - 1; axis++) {
      sides[axis] = new int[] {padding, padding};
    }
    return tf.pad(x, tf.constant(sides), tf.constant(0f));
  }
}
