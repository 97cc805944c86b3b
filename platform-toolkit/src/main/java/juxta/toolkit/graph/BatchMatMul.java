package juxta.toolkit.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Products of many matrices at once. TensorFlow's own gradient of these products uses another
 * operation than the forward pass, which is slower on a CPU, above all in bfloat16; here forward
 * and backward use the same one.
 */
final class BatchMatMul {
  /**
   * A case with a gradient of its own.
   *
   * @param transposed whether the product is a bᵀ
   * @param bf16 whether it is computed in bfloat16
   */
  private record Rule(boolean transposed, boolean bf16) {
    String hook() {
      return "batchMatMul" + (transposed ? "Transposed" : "Plain") + (bf16 ? "Bf16" : "");
    }
  }

  private BatchMatMul() {}

  /** a [..., n, k] times b [..., k, m], or [..., m, k] if it is transposed: [..., n, m]. */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> a, Operand<TFloat32> b, boolean transposed, boolean bf16) {
    Rule rule = new Rule(transposed, bf16);
    return Hooks.attach(tf, rule.hook(), product(tf, bf16, a, false, b, transposed), List.of(a, b));
  }

  /** y = a b: da = dy bᵀ, db = aᵀ dy; y = a bᵀ: da = dy b, db = dyᵀ a. */
  private static List<Operand<TFloat32>> gradient(
      Ops tf, GraphOperation hook, Operand<TFloat32> dy, Rule rule) {
    Operand<TFloat32> a = Hooks.input(hook, 0);
    Operand<TFloat32> b = Hooks.input(hook, 1);
    Operand<TFloat32> da = product(tf, rule.bf16(), dy, false, b, !rule.transposed());
    return List.of(
        da,
        rule.transposed()
            ? product(tf, rule.bf16(), dy, true, a, false)
            : product(tf, rule.bf16(), a, true, dy, false));
  }

  private static Operand<TFloat32> product(
      Ops tf,
      boolean bf16,
      Operand<TFloat32> a,
      boolean transposeA,
      Operand<TFloat32> b,
      boolean transposeB) {
    return bf16
        ? Bf16.product(tf, a, b, (x, y) -> raw(tf, x, transposeA, y, transposeB))
        : raw(tf, a, transposeA, b, transposeB);
  }

  /** The operation that oneDNN has kernels for; leading axes of 1 are repeated. */
  static <T extends TNumber> Operand<T> raw(
      Ops tf, Operand<T> a, boolean transposeA, Operand<T> b, boolean transposeB) {
    OperationBuilder builder = tf.scope().opBuilder("BatchMatMulV2", "BatchMatMulV2");
    builder.addInput(a.asOutput());
    builder.addInput(b.asOutput());
    builder.setAttr("adj_x", transposeA);
    builder.setAttr("adj_y", transposeB);
    Output<T> product = builder.build().output(0);
    return product;
  }

  /** The gradients of this class by the name of their hook. */
  static Map<String, Hooks.Gradient> gradients() {
    Map<String, Hooks.Gradient> all = new HashMap<>();
    for (boolean transposed : new boolean[] {false, true}) {
      for (boolean bf16 : new boolean[] {false, true}) {
        Rule rule = new Rule(transposed, bf16);
        all.put(rule.hook(), (tf, hook, dy) -> gradient(tf, hook, dy, rule));
      }
    }
    return all;
  }
}
