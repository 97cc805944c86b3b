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
 * A 2D convolution: parameters {@code weight} and, where it has one, {@code bias}. Padding is
 * PyTorch's, the same number of zeros on both sides, so that imported weights meet the pixels that
 * they were trained on; TensorFlow's SAME pads differently at stride 2.
 */
public final class Conv2d {
  /** Stands for TensorFlow's SAME. */
  private static final int SAME = -1;

  private final GraphScope scope;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final Parameter<TFloat32> weight;
  private final Optional<Parameter<TFloat32>> bias;

  /**
   * Makes a convolution without bias whose padding is {@code kernel / 2}, so that at stride 1 the
   * output is as large as the input, with He's initial values: what stands before batch
   * normalisation in a ResNet.
   *
   * @param scope where to make the parameters
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel side of the kernel, odd
   * @param stride distance of the kernel's places
   */
  public Conv2d(GraphScope scope, int in, int out, int kernel, int stride) {
    this(
        scope, in, out, kernel, stride, kernel / 2, Initializers.kaimingNormal(), Optional.empty());
  }

  /**
   * Makes the parameters.
   *
   * @param scope where to make them
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel side of the kernel
   * @param stride distance of the kernel's places
   * @param padding zeros on each of the four sides
   * @param weight first value of the weight, [kernel, kernel, in, out]
   * @param bias first value of the bias, [out]; empty for a layer without one
   */
  public Conv2d(
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
    this.weight = scope.weight("weight", Layout.CONV2D, weight, kernel, kernel, in, out);
    this.bias = bias.map(initial -> scope.weight("bias", Layout.PLAIN, initial, out));
  }

  /**
   * Makes a convolution without bias that pads as TensorFlow's SAME does, with He's initial values:
   * what networks trained with TensorFlow need.
   *
   * @param scope where to make the parameters
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel side of the kernel
   * @param stride distance of the kernel's places
   * @return the layer
   */
  public static Conv2d same(GraphScope scope, int in, int out, int kernel, int stride) {
    return new Conv2d(
        scope, in, out, kernel, stride, SAME, Initializers.kaimingNormal(), Optional.empty());
  }

  /**
   * Applies the layer.
   *
   * @param x [B, H, W, in]
   * @return [B, h, w, out] with h = (H + 2 padding - kernel) / stride + 1, rounded down; of {@link
   *     #same} h = H / stride, rounded up
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> w = weight.value();
    Operand<TFloat32> y;
    if (padding == 0) {
      y = Contractions.conv2d(scope, x, w, stride, "VALID");
    } else if (padding == SAME || stride == 1 && kernel == 2 * padding + 1) {
      y = Contractions.conv2d(scope, x, w, stride, "SAME");
    } else {
      y = Contractions.conv2d(scope, Padding.zeros(tf, x, padding), w, stride, "VALID");
    }
    return bias.isPresent() ? tf.nn.biasAdd(y, bias.get().value()) : y;
  }

  /**
   * Applies the layer without its stride and with its kernel's places apart ("atrous"): what lets a
   * network that was trained with strides make finer maps.
   *
   * @param x [B, H, W, in], with H and W known
   * @param dilation distance of neighbouring places of the kernel, 1 or more
   * @return [B, H, W, out]
   */
  public Operand<TFloat32> atrous(Operand<TFloat32> x, int dilation) {
    Ops tf = scope.tf();
    Operand<TFloat32> y =
        kernel == 1 || dilation == 1
            ? Contractions.conv2d(scope, x, weight.value(), 1, kernel == 1 ? "VALID" : "SAME")
            : Dilation.apply(scope, x, weight.value(), dilation);
    return bias.isPresent() ? tf.nn.biasAdd(y, bias.get().value()) : y;
  }

  /**
   * The weight.
   *
   * @return [kernel, kernel, in, out]
   */
  public Parameter<TFloat32> weight() {
    return weight;
  }
}
