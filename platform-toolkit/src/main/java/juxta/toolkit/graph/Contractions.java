package juxta.toolkit.graph;

import java.util.List;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The products that layers are made of, in the arithmetic of the graph ({@link
 * GraphScope#arithmetic}) and by the algorithm that is fastest for their size. All of them have
 * gradients, computed in the same arithmetic.
 */
public final class Contractions {
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
    Operand<TFloat32> y = tf.nn.conv2d(x, w, strides, padding);
    return arithmetic.processor()
            && SmallConvolution.fits(x, y, (int) w.shape().get(0), stride, padding)
        ? SmallConvolution.apply(tf, x, w, y, stride, padding)
        : y;
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
    return rounds(scope)
        ? Bf16.product(tf, w, x, (k, a) -> tf.nn.conv2dBackpropInput(sizes, k, a, strides, "SAME"))
        : tf.nn.conv2dBackpropInput(sizes, w, x, strides, "SAME");
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
    return rounds(scope)
        ? Bf16.product(tf, x, w, (a, k) -> conv3d(tf, a, k, stride, padding))
        : conv3d(tf, x, w, stride, padding);
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
    return rounds(scope)
        ? Bf16.product(tf, w, x, (k, a) -> conv3dTransposed(tf, sizes, k, a, stride))
        : conv3dTransposed(tf, sizes, w, x, stride);
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
