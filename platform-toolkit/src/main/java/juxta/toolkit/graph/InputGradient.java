package juxta.toolkit.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradient that flows through a convolution of images to its input, on processors.
 *
 * <p>TensorFlow 2.18's (oneDNN 3.5) is wrong, without a word, for the last channels of inputs with
 * more than 32 channels, where their number is no multiple of the block that oneDNN chooses: in
 * float32, with AVX2 and with AVX-512, on an AMD EPYC. Kernels of 3 x 3 were wrong with 33 to 48,
 * 65, 72, 80, 97, 112, 144 channels and more, never with a multiple of 64; of 1 x 1, on small maps,
 * with 320, 512, 640 and 1,024 as well. So kernels of 1 x 1 are products of matrices here, and
 * others have channels of zeros besides, up to a multiple of 64.
 */
final class InputGradient {
  private static final String RULE = "convolution";
  private static final String NUMBERS = "_juxta_convolution";

  /** Up to so many channels TensorFlow's gradient is right. */
  static final int FEW = 32;

  static final int BLOCK = 64;

  private InputGradient() {}

  /** Whether TensorFlow's gradient cannot be relied on. */
  static boolean differs(Operand<TFloat32> w) {
    long in = w.shape().get(2);
    return in > FEW && (w.shape().get(0) == 1 || in % BLOCK != 0);
  }

  /** The convolution y of x with w, with the gradient of this class. */
  static Operand<TFloat32> apply(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> w,
      Operand<TFloat32> y,
      int stride,
      String padding) {
    long[] numbers = {w.shape().get(0), stride, padding.equals("SAME") ? 1 : 0};
    return Hooks.attach(tf, RULE, NUMBERS, numbers, y, List.of(x, w));
  }

  private static List<Operand<TFloat32>> gradient(
      Ops tf, GraphOperation hook, Operand<TFloat32> dy) {
    long[] numbers = hook.attributes().getAttrIntList(NUMBERS);
    Operand<TFloat32> x = Hooks.input(hook, 0);
    Operand<TFloat32> w = Hooks.input(hook, 1);
    int stride = (int) numbers[1];
    String padding = numbers[2] == 1 ? "SAME" : "VALID";
    return List.of(
        of(tf, x, w, dy, (int) numbers[0], stride, padding),
        tf.nn.conv2dBackpropFilter(x, tf.shape(w), dy, strides(stride), padding));
  }

  /** dx of a convolution of x with w whose result has the gradient dy. */
  static Operand<TFloat32> of(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> w,
      Operand<TFloat32> dy,
      int kernel,
      int stride,
      String padding) {
    return kernel == 1 && stride == 1
        ? product(tf, x, w, dy)
        : widened(tf, x, w, dy, stride, padding);
  }

  private static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> w, Operand<TFloat32> dy) {
    Operand<TInt32> matrix = // in, out
        tf.slice(tf.shape(w), tf.constant(new int[] {2}), tf.constant(new int[] {2}));
    Operand<TInt32> out = tf.slice(matrix, tf.constant(new int[] {1}), tf.constant(new int[] {1}));
    Operand<TFloat32> rows = // [B h w, out]
        tf.reshape(dy, tf.concat(List.of(tf.constant(new int[] {-1}), out), tf.constant(0)));
    return tf.reshape(
        tf.linalg.matMul(rows, tf.reshape(w, matrix), MatMul.transposeB(true)), tf.shape(x));
  }

  private static Operand<TFloat32> widened(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> w,
      Operand<TFloat32> dy,
      int stride,
      String padding) {
    Operand<TInt32> sizes = tf.shape(x); // [4]
    Operand<TInt32> in =
        tf.slice(sizes, tf.constant(new int[] {3}), tf.constant(new int[] {1})); // [1]
    Operand<TInt32> missing = // [1], 0 where there are few
        tf.math.mul(
            tf.math.floorMod(tf.math.neg(in), tf.constant(BLOCK)),
            tf.dtypes.cast(tf.math.greater(in, tf.constant(FEW)), TInt32.class));
    Operand<TInt32> more = // [4, 2]
        tf.reshape(
            tf.concat(
                List.of(tf.constant(new int[5]), missing, tf.constant(new int[2])), tf.constant(0)),
            tf.constant(new int[] {4, 2}));
    Operand<TInt32> all = // [4]
        tf.math.add(sizes, tf.concat(List.of(tf.constant(new int[3]), missing), tf.constant(0)));
    Operand<TFloat32> dx =
        tf.nn.conv2dBackpropInput(
            all, tf.pad(w, more, tf.constant(0f)), dy, strides(stride), padding);
    return tf.slice(dx, tf.constant(new int[4]), sizes);
  }

  private static List<Long> strides(int stride) {
    return List.of(1L, (long) stride, (long) stride, 1L);
  }

  /** The gradient of this class by the name of its hook. */
  static Map<String, Hooks.Gradient> gradients() {
    return Map.of(RULE, InputGradient::gradient);
  }
}
