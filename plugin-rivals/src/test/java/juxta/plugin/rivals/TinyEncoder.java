package juxta.plugin.rivals;

import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The mean colours of the four quarters of an image, each through one linear layer. */
final class TinyEncoder implements Network {
  static final int WIDTH = 6;

  private final GraphScope scope;
  private final Linear linear;

  TinyEncoder(GraphScope scope) {
    this.scope = scope;
    this.linear = new Linear(scope.sub("proj"), 3, WIDTH, true);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    var tf = scope.tf();
    int half = (int) input.shape().get(1) / 2;
    Operand<TFloat32> quarters = tf.reshape(input, scope.ints(-1, 2, half, 2, half, 3));
    Operand<TFloat32> means = tf.math.mean(quarters, scope.ints(2, 4)); // [B, 2, 2, 3]
    Operand<TFloat32> map = tf.math.tanh(linear.apply(means)); // [B, 2, 2, D]
    return new Features(tf.math.mean(map, scope.ints(1, 2)), Map.of(Features.FEATURE_MAP, map));
  }
}
