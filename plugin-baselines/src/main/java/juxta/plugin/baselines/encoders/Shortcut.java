package juxta.plugin.baselines.encoders;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The way past a residual block. */
@FunctionalInterface
interface Shortcut {
  /** Brings the block's input to the shape of its output. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass);

  /** The same without a stride: to [B, H, W, out]. */
  default Operand<TFloat32> dense(Operand<TFloat32> x, Pass pass) {
    return apply(x, pass);
  }

  /** The identity where shapes agree, else a 1x1 convolution ({@code downsample.0} and 1). */
  static Shortcut create(GraphScope block, int in, int out, int stride) {
    if (in == out && stride == 1) {
      return (x, pass) -> x;
    }
    GraphScope scope = block.sub("downsample");
    Conv2d convolution = new Conv2d(scope.sub("0"), in, out, 1, stride);
    BatchNorm norm = new BatchNorm(scope.sub("1"), out);
    return new Projection(convolution, norm);
  }

  /** A 1x1 convolution. */
  record Projection(Conv2d convolution, BatchNorm norm) implements Shortcut {
    @Override
    public Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
      return norm.apply(convolution.apply(x), pass);
    }

    @Override
    public Operand<TFloat32> dense(Operand<TFloat32> x, Pass pass) {
      return norm.apply(convolution.atrous(x, 1), pass);
    }
  }
}
