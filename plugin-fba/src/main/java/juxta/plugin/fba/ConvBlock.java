package juxta.plugin.fba;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv3d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Convolution with bias, batch normalisation, ReLU. */
final class ConvBlock {
  private final GraphScope scope;
  private final Conv3d conv;
  private final BatchNorm norm;

  ConvBlock(GraphScope scope, int in, int out, int kernel, int stride, int padding) {
    this.scope = scope;
    this.conv = new Conv3d(scope.sub("conv"), in, out, kernel, stride, padding, true);
    this.norm = new BatchNorm(scope.sub("norm"), out);
  }

  /** A convolution that keeps the size. */
  static ConvBlock same(GraphScope scope, int in, int out) {
    return new ConvBlock(scope, in, out, 3, 1, 1);
  }

  /** A convolution that halves each axis. */
  static ConvBlock down(GraphScope scope, int in, int out) {
    return new ConvBlock(scope, in, out, 2, 2, 0);
  }

  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    return scope.tf().nn.relu(norm.apply(conv.apply(x), pass));
  }
}
