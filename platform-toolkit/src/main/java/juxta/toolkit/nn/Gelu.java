package juxta.toolkit.nn;

import juxta.toolkit.graph.GeluOp;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The exact Gaussian error linear unit, x Φ(x) (Hendrycks and Gimpel, 2016). */
public final class Gelu {
  private Gelu() {}

  /**
   * Applies the function.
   *
   * @param tf makes operations
   * @param x any shape
   * @return x (1 + erf(x / sqrt 2)) / 2
   */
  public static Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return GeluOp.apply(tf, x);
  }
}
