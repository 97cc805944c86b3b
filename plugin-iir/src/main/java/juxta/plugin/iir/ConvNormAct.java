package juxta.plugin.iir;

import java.util.function.UnaryOperator;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Activation;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.DepthwiseConv2d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A convolution, batch normalisation, and perhaps a rectifier that ends at 6. */
final class ConvNormAct {
  private final GraphScope scope;
  private final UnaryOperator<Operand<TFloat32>> convolution;
  private final BatchNorm norm;
  private final Activation activation;

  private ConvNormAct(
      GraphScope scope,
      UnaryOperator<Operand<TFloat32>> convolution,
      BatchNorm norm,
      Activation activation) {
    this.scope = scope;
    this.convolution = convolution;
    this.norm = norm;
    this.activation = activation;
  }

  /**
   * Names of the two layers below a place, and what they are made of.
   *
   * @param conv name of the convolution
   * @param norm name of the normalisation
   * @param same whether to pad as TensorFlow does
   */
  record Place(GraphScope scope, String conv, String norm, boolean same) {
    Place named(String conv, String norm) {
      return new Place(scope, conv, norm, same);
    }
  }

  static ConvNormAct dense(
      Place at, int in, int out, int kernel, int stride, Activation activation) {
    GraphScope scope = at.scope().sub(at.conv());
    Conv2d conv =
        at.same()
            ? Conv2d.same(scope, in, out, kernel, stride)
            : new Conv2d(scope, in, out, kernel, stride);
    return new ConvNormAct(
        at.scope(), conv::apply, new BatchNorm(at.scope().sub(at.norm()), out), activation);
  }

  static ConvNormAct depthwise(Place at, int channels, int stride, Activation activation) {
    DepthwiseConv2d conv =
        new DepthwiseConv2d(at.scope().sub(at.conv()), channels, 3, stride, at.same());
    return new ConvNormAct(
        at.scope(), conv::apply, new BatchNorm(at.scope().sub(at.norm()), channels), activation);
  }

  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    return activation.apply(scope.tf(), norm.apply(convolution.apply(x), pass));
  }
}
