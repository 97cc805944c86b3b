package juxta.toolkit.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Products of many matrices at once. TensorFlow's own gradient of these products uses another
 * operation than the forward pass, which is slower on a CPU, above all in bfloat16; here forward
 * and backward use the same one.
 */
public final class BatchMatMul {
  private static final String PLAIN = "batchMatMulPlain";
  private static final String TRANSPOSED = "batchMatMulTransposed";

  private BatchMatMul() {}

  /**
   * The product a b.
   *
   * @param tf makes operations
   * @param a [..., n, k]
   * @param b [..., k, m], with the same leading axes
   * @return [..., n, m]
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return Hooks.attach(tf, PLAIN, product(tf, a, false, b, false), a, b);
  }

  /**
   * The product a bᵀ.
   *
   * @param tf makes operations
   * @param a [..., n, k]
   * @param b [..., m, k], with the same leading axes
   * @return [..., n, m]
   */
  public static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return Hooks.attach(tf, TRANSPOSED, product(tf, a, false, b, true), a, b);
  }

  /** y = a b: da = dy bᵀ, db = aᵀ dy. */
  static List<Operand<TFloat32>> plain(Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    Operand<TFloat32> a = Hooks.input(hook, 0);
    Operand<TFloat32> b = Hooks.input(hook, 1);
    return List.of(product(tf, dy, false, b, true), product(tf, a, true, dy, false));
  }

  /** y = a bᵀ: da = dy b, db = dyᵀ a. */
  static List<Operand<TFloat32>> transposed(Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    Operand<TFloat32> a = Hooks.input(hook, 0);
    Operand<TFloat32> b = Hooks.input(hook, 1);
    return List.of(product(tf, dy, false, b, false), product(tf, dy, true, a, false));
  }

  private static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> a, boolean transposeA, Operand<TFloat32> b, boolean transposeB) {
    OperationBuilder builder = tf.scope().opBuilder("BatchMatMulV2", "BatchMatMulV2");
    builder.addInput(a.asOutput());
    builder.addInput(b.asOutput());
    builder.setAttr("adj_x", transposeA);
    builder.setAttr("adj_y", transposeB);
    Output<TFloat32> product = builder.build().output(0);
    return product;
  }

  /** The gradients of this class by the name of their hook. */
  static Map<String, Hooks.Gradient> gradients() {
    return Map.of(PLAIN, BatchMatMul::plain, TRANSPOSED, BatchMatMul::transposed);
  }
}
