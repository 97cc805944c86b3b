package juxta.toolkit.graph;

import java.util.List;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The products that layers are made of, in the arithmetic of the graph ({@link
 * GraphScope#arithmetic}) and by the algorithm that is fastest for their size. All of them have
 * gradients, computed in the same arithmetic.
 */
public final class Contractions {
  private static final long ALL_AXES = 0b1111;

  private Contractions() {}

  /** On a processor TensorFlow's rewrite of the finished graph rounds in fewer places. */
  private static boolean rounds(GraphScope scope) {
    return scope.arithmetic().bf16() && !scope.arithmetic().processor();
  }

  /**
   * The product of two matrices.
   *
   * @param scope where to build
   * @param a [n, k]
   * @param b [k, m]
   * @return [n, m]
   */
  public static Operand<TFloat32> matMul(
      GraphScope scope, Operand<TFloat32> a, Operand<TFloat32> b) {
    Ops tf = scope.tf();
    return rounds(scope)
        ? Bf16.product(tf, a, b, (x, y) -> tf.linalg.matMul(x, y))
        : tf.linalg.matMul(a, b);
  }

  /**
   * Products of many matrices at once.
   *
   * @param scope where to build
   * @param a [..., n, k]
   * @param b [..., k, m], with the same leading axes
   * @return [..., n, m]
   */
  public static Operand<TFloat32> batchMatMul(
      GraphScope scope, Operand<TFloat32> a, Operand<TFloat32> b) {
    return BatchMatMul.of(scope.tf(), a, b, false, rounds(scope));
  }

  /**
   * Products a bᵀ of many matrices at once.
   *
   * @param scope where to build
   * @param a [..., n, k]
   * @param b [..., m, k], with the same leading axes
   * @return [..., n, m]
   */
  public static Operand<TFloat32> batchMatMulTransposed(
      GraphScope scope, Operand<TFloat32> a, Operand<TFloat32> b) {
    return BatchMatMul.of(scope.tf(), a, b, true, rounds(scope));
  }

  /**
   * A convolution of images.
   *
   * @param scope where to build
   * @param x [B, H, W, in]
   * @param w [k, k, in, out]
   * @param stride distance of the kernel's places
   * @param padding {@code VALID} or {@code SAME}
   * @return [B, h, w, out]
   */
  public static Operand<TFloat32> conv2d(
      GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w, int stride, String padding) {
    Ops tf = scope.tf();
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    if (rounds(scope)) {
      return Bf16.product(tf, x, w, (a, k) -> tf.nn.conv2d(a, k, strides, padding));
    }
    Arithmetic arithmetic = scope.arithmetic();
    if (arithmetic.equals(Arithmetic.FLOAT32) && Winograd.pays(x, w, stride, padding)) {
      return Winograd.apply(tf, x, w);
    }
    if (arithmetic.processor() && stride > 1 && w.shape().get(0) == 1) {
      // with the stride, gradients of oneDNN 3.5 write beyond their memory where channels are few
      return conv2d(scope, every(tf, x, stride), w, 1, padding);
    }
    if (even(scope, w.shape().get(2)) > w.shape().get(2)) {
      return conv2d(scope, widened(tf, x, 3, 1), widened(tf, w, 2, 1), stride, padding);
    }
    Operand<TFloat32> y = tf.nn.conv2d(x, w, strides, padding);
    if (!arithmetic.processor()) {
      return y;
    }
    if (SmallConvolution.fits(x, y, (int) w.shape().get(0), stride, padding)) {
      return SmallConvolution.apply(tf, x, w, y, stride, padding);
    }
    return InputGradient.differs(w) ? InputGradient.apply(tf, x, w, y, stride, padding) : y;
  }

  /** The pixels that a kernel of 1 x 1 with a stride sees. */
  private static Operand<TFloat32> every(Ops tf, Operand<TFloat32> x, int stride) {
    Operand<TInt32> ends = tf.constant(new int[4]);
    return tf.stridedSlice(
        x,
        ends,
        ends,
        tf.constant(new int[] {1, stride, stride, 1}),
        StridedSlice.beginMask(ALL_AXES),
        StridedSlice.endMask(ALL_AXES));
  }

  /**
   * As many channels as oneDNN 3.5 computes right. In bf16 it takes what it sums up over in pairs,
   * and fills the last one's partner with what memory holds.
   */
  private static int even(GraphScope scope, long known) {
    boolean pairs = scope.arithmetic().processor() && scope.arithmetic().bf16();
    return (int) (pairs ? known + known % 2 : known);
  }

  /** The same where a gradient flows back to them as well, see {@link InputGradient}. */
  private static int channels(GraphScope scope, long known) {
    int even = even(scope, known);
    return scope.arithmetic().processor() && even > InputGradient.FEW
        ? (even + InputGradient.BLOCK - 1) / InputGradient.BLOCK * InputGradient.BLOCK
        : even;
  }

  /** With zeros at the end of an axis. */
  private static Operand<TFloat32> widened(Ops tf, Operand<TFloat32> x, int axis, int more) {
    int[][] beside = new int[x.shape().numDimensions()][2];
    beside[axis][1] = more;
    return more == 0 ? x : tf.pad(x, tf.constant(beside), tf.constant(0f));
  }

  /** The first channels of what has more. */
  private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x, Operand<TInt32> sizes) {
    return tf.slice(x, tf.constant(new int[x.shape().numDimensions()]), sizes);
  }

  /** Sizes of a result with more channels. */
  private static Operand<TInt32> plus(Ops tf, Operand<TInt32> sizes, int axes, int more) {
    int[] beside = new int[axes];
    beside[axes - 1] = more;
    return tf.math.add(sizes, tf.constant(beside));
  }

  /**
   * The transpose of a convolution of images with padding {@code SAME}, which makes them larger.
   *
   * @param scope where to build
   * @param sizes sizes of the result, [4]
   * @param x [B, h, w, in]
   * @param w [k, k, out, in]
   * @param stride distance of the kernel's places
   * @return [B, H, W, out]
   */
  public static Operand<TFloat32> conv2dTransposed(
      GraphScope scope,
      Operand<TInt32> sizes,
      Operand<TFloat32> x,
      Operand<TFloat32> w,
      int stride) {
    Ops tf = scope.tf();
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    if (rounds(scope)) {
      return Bf16.product(
          tf, w, x, (k, a) -> tf.nn.conv2dBackpropInput(sizes, k, a, strides, "SAME"));
    }
    int more = channels(scope, w.shape().get(2)) - (int) w.shape().get(2);
    int below = even(scope, w.shape().get(3)) - (int) w.shape().get(3);
    Operand<TFloat32> y =
        tf.nn.conv2dBackpropInput(
            more == 0 ? sizes : plus(tf, sizes, 4, more),
            widened(tf, widened(tf, w, 2, more), 3, below),
            widened(tf, x, 3, below),
            strides,
            "SAME");
    return more == 0 ? y : first(tf, y, sizes);
  }

  /**
   * A convolution of each channel by itself.
   *
   * @param scope where to build
   * @param x [B, H, W, C]
   * @param w [k, k, C, 1], k odd
   * @param stride distance of the kernel's places, 1 or 2
   * @param padding {@code VALID} or {@code SAME}
   * @return [B, h, w, C]
   */
  public static Operand<TFloat32> depthwise(
      GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w, int stride, String padding) {
    Ops tf = scope.tf();
    // in bf16 oneDNN 3.5 is wrong about what goes back to x where there is a stride
    boolean whole = stride > 1 && scope.arithmetic().processor() && scope.arithmetic().bf16();
    long step = whole ? 1 : stride;
    Operand<TFloat32> y = tf.nn.depthwiseConv2dNative(x, w, List.of(1L, step, step, 1L), padding);
    if (!whole) {
      return y;
    }
    Operand<TInt32> first = tf.constant(new int[4]);
    if (padding.equals("SAME")) {
      // SAME has the odd zero of even sides at their end, so that kernels are centred at 1, 3, ...
      Operand<TInt32> even =
          tf.math.sub(tf.constant(1), tf.math.floorMod(tf.shape(x), tf.constant(2))); // [4]
      first = tf.math.mul(even, tf.constant(new int[] {0, 1, 1, 0}));
    }
    return tf.stridedSlice(
        y,
        first,
        tf.constant(new int[4]),
        tf.constant(new int[] {1, stride, stride, 1}),
        StridedSlice.endMask(ALL_AXES));
  }

  /**
   * A convolution of volumes.
   *
   * @param scope where to build
   * @param x [B, X, Y, Z, in]
   * @param w [k, k, k, in, out]
   * @param stride distance of the kernel's places
   * @param padding {@code VALID} or {@code SAME}
   * @return [B, x, y, z, out]
   */
  public static Operand<TFloat32> conv3d(
      GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w, int stride, String padding) {
    Ops tf = scope.tf();
    if (rounds(scope)) {
      return Bf16.product(tf, x, w, (a, k) -> conv3d(tf, a, k, stride, padding));
    }
    int more = channels(scope, w.shape().get(3)) - (int) w.shape().get(3);
    return conv3d(tf, widened(tf, x, 4, more), widened(tf, w, 3, more), stride, padding);
  }

  /**
   * The transpose of a convolution of volumes with padding {@code SAME}, which makes them larger.
   *
   * @param scope where to build
   * @param sizes sizes of the result, [5]
   * @param x [B, x, y, z, in]
   * @param w [k, k, k, out, in]
   * @param stride distance of the kernel's places
   * @return [B, X, Y, Z, out]
   */
  public static Operand<TFloat32> conv3dTransposed(
      GraphScope scope,
      Operand<TInt32> sizes,
      Operand<TFloat32> x,
      Operand<TFloat32> w,
      int stride) {
    Ops tf = scope.tf();
    if (rounds(scope)) {
      return Bf16.product(tf, w, x, (k, a) -> conv3dTransposed(tf, sizes, k, a, stride));
    }
    int more = channels(scope, w.shape().get(3)) - (int) w.shape().get(3);
    int below = even(scope, w.shape().get(4)) - (int) w.shape().get(4);
    Operand<TFloat32> y =
        conv3dTransposed(
            tf,
            more == 0 ? sizes : plus(tf, sizes, 5, more),
            widened(tf, widened(tf, w, 3, more), 4, below),
            widened(tf, x, 4, below),
            stride);
    return more == 0 ? y : first(tf, y, sizes);
  }

  private static <T extends TNumber> Operand<T> conv3d(
      Ops tf, Operand<T> x, Operand<T> w, int stride, String padding) {
    return tf.nn.conv3d(x, w, volumeStrides(stride), padding);
  }

  private static <T extends TNumber> Operand<T> conv3dTransposed(
      Ops tf, Operand<TInt32> sizes, Operand<T> w, Operand<T> x, int stride) {
    return tf.nn.conv3dBackpropInput(sizes, w, x, volumeStrides(stride), "SAME");
  }

  private static List<Long> volumeStrides(int stride) {
    return List.of(1L, (long) stride, (long) stride, (long) stride, 1L);
  }
}
