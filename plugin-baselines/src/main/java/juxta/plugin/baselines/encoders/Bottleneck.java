package juxta.plugin.baselines.encoders;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * 1x1, 3x3 and 1x1 convolutions: the block of ResNet-50. The stride is at the 3x3 convolution, as
 * in torchvision ("version 1.5"), not at the first.
 */
final class Bottleneck implements Block {
  /** Channels of the output over channels of the convolutions. */
  static final int EXPANSION = 4;

  private final GraphScope scope;
  private final Conv2d conv1;
  private final BatchNorm bn1;
  private final Conv2d conv2;
  private final BatchNorm bn2;
  private final Conv2d conv3;
  private final BatchNorm bn3;
  private final Shortcut shortcut;

  Bottleneck(GraphScope scope, int in, int width, int stride, boolean zeroInit) {
    this.scope = scope;
    int out = width * EXPANSION;
    this.conv1 = new Conv2d(scope.sub("conv1"), in, width, 1, 1);
    this.bn1 = new BatchNorm(scope.sub("bn1"), width);
    this.conv2 = new Conv2d(scope.sub("conv2"), width, width, 3, stride);
    this.bn2 = new BatchNorm(scope.sub("bn2"), width);
    this.conv3 = new Conv2d(scope.sub("conv3"), width, out, 1, 1);
    this.bn3 = new BatchNorm(scope.sub("bn3"), out, true, zeroInit ? 0 : 1);
    this.shortcut = Shortcut.create(scope, in, out, stride);
  }

  @Override
  public Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> y = tf.nn.relu(bn1.apply(conv1.apply(x), pass));
    y = tf.nn.relu(bn2.apply(conv2.apply(y), pass));
    y = bn3.apply(conv3.apply(y), pass);
    return tf.nn.relu(tf.math.add(y, shortcut.apply(x, pass)));
  }

  @Override
  public Operand<TFloat32> dense(Operand<TFloat32> x, Pass pass, int before, int after) {
    Ops tf = scope.tf();
    Operand<TFloat32> y = tf.nn.relu(bn1.apply(conv1.apply(x), pass));
    y = tf.nn.relu(bn2.apply(conv2.atrous(y, before), pass));
    y = bn3.apply(conv3.apply(y), pass);
    return tf.nn.relu(tf.math.add(y, shortcut.dense(x, pass)));
  }
}
