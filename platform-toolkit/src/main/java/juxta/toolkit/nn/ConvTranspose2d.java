package juxta.toolkit.nn;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A transposed 2D convolution that multiplies each spatial axis by the stride: parameters {@code
 * weight} and {@code bias}. It equals PyTorch's with the padding (kernel - stride) / 2, so the
 * kernel is longer than the stride by an even number: 2 at stride 2, 4 at stride 2.
 */
public final class ConvTranspose2d {
  private final GraphScope scope;
  private final int out;
  private final int stride;
  private final Parameter<TFloat32> weight;
  private final Parameter<TFloat32> bias;

  /**
   * Makes the parameters with PyTorch's default values.
   *
   * @param scope where to make them
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel side of the kernel
   * @param stride factor by which the spatial axes grow
   * @throws IllegalArgumentException if the kernel does not fit the stride
   */
  public ConvTranspose2d(GraphScope scope, int in, int out, int kernel, int stride) {
    if (kernel < stride || (kernel - stride) % 2 != 0) {
      throw new IllegalArgumentException(
          "kernel " + kernel + " is not stride " + stride + " plus an even number");
    }
    this.scope = scope;
    this.out = out;
    this.stride = stride;
    this.weight =
        scope.weight(
            "weight", Layout.CONV_TRANSPOSE2D, Initializers.pytorch(), kernel, kernel, out, in);
    this.bias =
        scope.weight(
            "bias", Layout.PLAIN, Initializers.pytorchBias((long) kernel * kernel * out), out);
  }

  /**
   * Applies the layer.
   *
   * @param x [B, H, W, in]
   * @return [B, stride H, stride W, out]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x) {
    Ops tf = scope.tf();
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(Shapes.size(tf, x, 0));
    for (int axis = 1; axis <= 2; axis++) {
      sizes.add(tf.math.mul(Shapes.size(tf, x, axis), tf.constant(stride)));
    }
    sizes.add(tf.constant(out));
    Operand<TFloat32> y =
        Contractions.conv2dTransposed(scope, tf.stack(sizes), x, weight.value(), stride);
    return tf.nn.biasAdd(y, bias.value());
  }
}
