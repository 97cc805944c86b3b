package juxta.toolkit.nn;

import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A 2D convolution of each channel by itself, without bias: parameter {@code weight}, which starts
 * with He's values.
 */
public final class DepthwiseConv2d {
  private final GraphScope scope;
  private final int kernel;
  private final int stride;
  private final boolean same;
  private final Parameter<TFloat32> weight;

  /**
   * Makes the parameter.
   *
   * @param scope where to make it
   * @param channels channels of input and output
   * @param kernel side of the kernel, odd
   * @param stride distance of the kernel's places
   * @param same whether to pad as TensorFlow's SAME does, or by kernel / 2 zeros on all sides, as
   *     PyTorch does; the two differ where the stride is above 1
   */
  public DepthwiseConv2d(GraphScope scope, int channels, int kernel, int stride, boolean same) {
    this.scope = scope;
    this.kernel = kernel;
    this.stride = stride;
    this.same = same;
    this.weight =
        scope.weight(
            "weight",
            Layout.DEPTHWISE2D,
            Initializers.normal(Math.sqrt(2.0 / (kernel * kernel))), // each output has its own fan
            kernel,
            kernel,
            channels,
            1);
  }

  /**
   * Applies the layer.
   *
   * @param x [B, H, W, C]
   * @return [B, h, w, C] with h = H / stride, rounded up
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    boolean plain = same || stride == 1;
    return Contractions.depthwise(
        scope,
        plain ? x : Padding.zeros(scope.tf(), x, kernel / 2),
        weight.value(),
        stride,
        plain ? "SAME" : "VALID");
  }
}
