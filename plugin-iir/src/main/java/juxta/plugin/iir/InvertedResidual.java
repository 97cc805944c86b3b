package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Activation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * MobileNetV2's block: widen, filter each channel, narrow without a rectifier; the input is added
 * where shapes agree. The first block of the network does not widen.
 */
final class InvertedResidual {
  private final GraphScope scope;
  private final List<ConvNormAct> layers = new ArrayList<>();
  private final boolean added;

  InvertedResidual(GraphScope scope, int in, int out, int stride, int expansion, boolean same) {
    this.scope = scope;
    this.added = stride == 1 && in == out;
    ConvNormAct.Place at = new ConvNormAct.Place(scope, "", "", same);
    if (expansion == 1) {
      layers.add(ConvNormAct.depthwise(at.named("conv_dw", "bn1"), in, stride, Activation.RELU6));
      layers.add(ConvNormAct.dense(at.named("conv_pw", "bn2"), in, out, 1, 1, Activation.NONE));
    } else {
      int wide = in * expansion;
      layers.add(ConvNormAct.dense(at.named("conv_pw", "bn1"), in, wide, 1, 1, Activation.RELU6));
      layers.add(ConvNormAct.depthwise(at.named("conv_dw", "bn2"), wide, stride, Activation.RELU6));
      layers.add(ConvNormAct.dense(at.named("conv_pwl", "bn3"), wide, out, 1, 1, Activation.NONE));
    }
  }

  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> y = x;
    for (ConvNormAct layer : layers) {
      y = layer.apply(y, pass);
    }
    return added ? scope.tf().math.add(x, y) : y;
  }
}
