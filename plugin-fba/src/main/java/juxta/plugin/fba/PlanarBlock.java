package juxta.plugin.fba;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Activation;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.Dropout;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What U-Net has at each level: two 3 x 3 convolutions with bias, each with batch normalisation and
 * LeakyReLU, and dropout of single elements between the two.
 */
final class PlanarBlock {
  private final GraphScope scope;
  private final Conv2d first;
  private final BatchNorm firstNorm;
  private final Dropout dropout;
  private final Conv2d second;
  private final BatchNorm secondNorm;

  /**
   * Makes the parameters.
   *
   * @param dropout probability that an element is dropped in training; 0 for none
   */
  PlanarBlock(GraphScope scope, int in, int out, double dropout) {
    this.scope = scope;
    this.first = conv(scope.sub("0.conv"), in, out, 3);
    this.firstNorm = new BatchNorm(scope.sub("0.norm"), out);
    this.dropout = new Dropout(scope, dropout);
    this.second = conv(scope.sub("1.conv"), out, out, 3);
    this.secondNorm = new BatchNorm(scope.sub("1.norm"), out);
  }

  /** A convolution with bias that keeps the size, with PyTorch's first values. */
  static Conv2d conv(GraphScope scope, int in, int out, int kernel) {
    return new Conv2d(
        scope,
        in,
        out,
        kernel,
        1,
        kernel / 2,
        Initializers.pytorch(),
        Optional.of(Initializers.pytorchBias((long) kernel * kernel * in)));
  }

  /** [N, x, y, in] to [N, x, y, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> y = leaky(firstNorm.apply(first.apply(x), pass));
    return leaky(secondNorm.apply(second.apply(dropout.apply(y, pass)), pass));
  }

  private Operand<TFloat32> leaky(Operand<TFloat32> x) {
    return Activation.LEAKY_RELU.apply(scope.tf(), x); // slope 0.01
  }
}
