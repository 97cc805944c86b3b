package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Convolutions to small maps, with the kernel's gradient as one matrix product for each place of
 * the kernel. For maps of 4 x 4 with 512 channels TensorFlow's own gradient took 3 to 7 times as
 * long in bfloat16 on a CPU, and about the same in float32; a step of ResNet-18 on 32 pixels in
 * bfloat16 became a quarter shorter.
 */
final class SmallConvolution {
  /**
   * A case with a gradient of its own. It tells all that building the gradient must know: shapes
   * cannot be asked for there, since TensorFlow holds the graph's lock.
   */
  private record Rule(int kernel, int stride, String padding) {
    static final List<Rule> ALL =
        List.of(
            new Rule(1, 1, "VALID"),
            new Rule(3, 1, "SAME"),
            new Rule(3, 1, "VALID"),
            new Rule(3, 2, "VALID"));

    /** Name of the hook. */
    String hook() {
      return "smallConvolution" + kernel + "By" + stride + padding;
    }
  }

  /** From maps of 8 x 8 on, TensorFlow's own gradient is faster in float32. */
  private static final long SIDE = 4;

  private SmallConvolution() {}

  /** Whether a convolution of x to y has a gradient of its own here. */
  static boolean fits(
      Operand<TFloat32> x, Operand<TFloat32> y, int kernel, int stride, String padding) {
    return small(y, 1)
        && small(y, 2)
        && divides(x, stride)
        && Rule.ALL.contains(new Rule(kernel, stride, padding));
  }

  /** The convolution y of x with w, of a case that fits, with the gradient of this class. */
  static Operand<TFloat32> apply(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> w,
      Operand<TFloat32> y,
      int stride,
      String padding) {
    Rule rule = new Rule((int) w.shape().get(0), stride, padding);
    return Hooks.attach(tf, rule.hook(), y, List.of(x, w));
  }

  private static boolean divides(Operand<TFloat32> x, int stride) {
    return x.shape().get(1) % stride == 0 && x.shape().get(2) % stride == 0;
  }

  private static boolean small(Operand<TFloat32> y, int axis) {
    return y.shape().get(axis) > 0 && y.shape().get(axis) <= SIDE;
  }

  /** dw[i, j] is what place (i, j) of the kernel sees, transposed, dy. */
  private static List<Operand<TFloat32>> gradient(
      Ops tf, GraphOperation hook, Operand<TFloat32> dy, Rule rule) {
    Operand<TFloat32> x = Hooks.input(hook, 0);
    Operand<TFloat32> w = Hooks.input(hook, 1);
    Operand<TFloat32> dx =
        InputGradient.of(tf, x, w, dy, rule.kernel(), rule.stride(), rule.padding());
    int side = rule.padding().equals("SAME") ? rule.kernel() / 2 : 0;
    int[][] sides = {{0, 0}, {side, side}, {side, side}, {0, 0}};
    Operand<TFloat32> padded = side > 0 ? tf.pad(x, tf.constant(sides), tf.constant(0f)) : x;
    int stride = rule.stride();
    // [B, H / stride, W / stride, stride * stride * in], so that every place is a plain slice
    Operand<TFloat32> phases = stride > 1 ? tf.nn.spaceToDepth(padded, (long) stride) : padded;
    Operand<TInt32> shape = tf.shape(w); // [k, k, in, out]
    Operand<TInt32> in = axis(tf, shape, 2);
    Operand<TFloat32> rows = tf.reshape(dy, rowsOf(tf, axis(tf, shape, 3))); // [B h w, out]
    Operand<TInt32> map = // h, w
        tf.slice(tf.shape(dy), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    Operand<TInt32> size = tf.concat(List.of(tf.constant(new int[] {-1}), map, in), tf.constant(0));
    List<Operand<TFloat32>> places = new ArrayList<>();
    for (int i = 0; i < rule.kernel(); i++) {
      for (int j = 0; j < rule.kernel(); j++) {
        int phase = i % stride * stride + j % stride;
        Operand<TInt32> begin =
            tf.concat(
                List.of(
                    tf.constant(new int[] {0, i / stride, j / stride}),
                    tf.math.mul(in, tf.constant(phase))),
                tf.constant(0));
        Operand<TFloat32> seen = tf.slice(phases, begin, size); // [B, h, w, in]
        Operand<TFloat32> below = tf.reshape(seen, rowsOf(tf, in)); // [B h w, in]
        places.add(tf.linalg.matMul(below, rows, MatMul.transposeA(true)));
      }
    }
    return List.of(dx, tf.reshape(tf.stack(places), shape));
  }

  /** The length of an axis, as a vector of one. */
  private static Operand<TInt32> axis(Ops tf, Operand<TInt32> shape, int axis) {
    return tf.slice(shape, tf.constant(new int[] {axis}), tf.constant(new int[] {1}));
  }

  /** The shape of a matrix with so many columns. */
  private static Operand<TInt32> rowsOf(Ops tf, Operand<TInt32> columns) {
    return tf.concat(List.of(tf.constant(new int[] {-1}), columns), tf.constant(0));
  }

  /** The gradients of this class by the name of their hook. */
  static Map<String, Hooks.Gradient> gradients() {
    return Rule.ALL.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Rule::hook, rule -> (tf, hook, dy) -> gradient(tf, hook, dy, rule)));
  }
}
