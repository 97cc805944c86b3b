package juxta.testkit;

import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The smallest encoder that has all that methods count on: weights, running statistics, maps. */
final class TinyNetwork implements Network {
  private static final int WIDTH = 16;

  private final Ops tf;
  private final GraphScope scope;
  private final Conv2d conv;
  private final BatchNorm norm;

  TinyNetwork(GraphScope scope, int channels) {
    this.tf = scope.tf();
    this.scope = scope;
    conv = new Conv2d(scope.sub("conv"), channels, WIDTH, 4, 4);
    norm = new BatchNorm(scope.sub("norm"), WIDTH);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    Operand<TFloat32> map = tf.nn.relu(norm.apply(conv.apply(input), pass)); // [B, h, w, D]
    Operand<TFloat32> tokens = tf.reshape(map, scope.ints(-1, tokens(map), WIDTH)); // [B, T, D]
    return new Features(
        tf.math.mean(map, scope.ints(1, 2)),
        Map.of(Features.FEATURE_MAP, map, Features.TOKENS, tokens));
  }

  private static int tokens(Operand<TFloat32> map) {
    return (int) (map.shape().get(1) * map.shape().get(2));
  }
}
