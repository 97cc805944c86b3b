package juxta.toolkit.nn;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A 3D convolution: parameters {@code weight} and, where it has one, {@code bias}. Padding is
 * PyTorch's, the same number of zeros on both sides.
 */
public final class Conv3d {
  private final GraphScope scope;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final Parameter<TFloat32> weight;
  private final Optional<Parameter<TFloat32>> bias;

  /**
   * Makes the parameters with PyTorch's default values.
   *
   * @param scope where to make them
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel side of the kernel
   * @param stride distance of the kernel's places
   * @param padding zeros on each of the six sides
   * @param bias whether there is a bias
   */
  public Conv3d(
      GraphScope scope, int in, int out, int kernel, int stride, int padding, boolean bias) {
    this(
        scope,
        in,
        out,
        kernel,
        stride,
        padding,
        Initializers.pytorch(),
        bias
            ? Optional.of(Initializers.pytorchBias((long) kernel * kernel * kernel * in))
            : Optional.empty());
  }

  /**
   * Makes the parameters.
   *
   * @param scope where to make them
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel side of the kernel
   * @param stride distance of the kernel's places
   * @param padding zeros on each of the six sides
   * @param weight first value of the weight, [kernel, kernel, kernel, in, out]
   * @param bias first value of the bias, [out]; empty for a layer without one
   */
  public Conv3d(
      GraphScope scope,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      Initializer<TFloat32> weight,
      Optional<Initializer<TFloat32>> bias) {
    this.scope = scope;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.weight = scope.weight("weight", Layout.CONV3D, weight, kernel, kernel, kernel, in, out);
    this.bias = bias.map(initial -> scope.weight("bias", Layout.PLAIN, initial, out));
  }

  /**
   * Applies the layer.
   *
   * @param x [B, X, Y, Z, in]
   * @return [B, x, y, z, out] with x = (X + 2 padding - kernel) / stride + 1, rounded down
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> y;
    if (padding == 0) {
      y = Contractions.conv3d(scope, x, weight.value(), stride, "VALID");
    } else if (stride == 1 && kernel == 2 * padding + 1) {
      y = Contractions.conv3d(scope, x, weight.value(), stride, "SAME");
    } else {
      y =
          Contractions.conv3d(
              scope, Padding.zeros(tf, x, padding), weight.value(), stride, "VALID");
    }
    return bias.isPresent() ? tf.nn.biasAdd(y, bias.get().value()) : y;
  }
}
