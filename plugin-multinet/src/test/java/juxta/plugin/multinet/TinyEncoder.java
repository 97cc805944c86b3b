package juxta.plugin.multinet;

import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The mean colours of the four quarters of an image, through one linear layer. */
final class TinyEncoder implements Network {
  static final int WIDTH = 6;

  /** One application of a network. */
  record Use(GraphScope scope, Operand<TFloat32> input, Operand<TFloat32> embedding, Pass pass) {}

  private final GraphScope scope;
  private final List<Use> uses;
  private final Linear linear;
  private final Operand<TFloat32> shift;

  TinyEncoder(GraphScope scope, List<Use> uses) {
    this.scope = scope;
    this.uses = uses;
    this.linear = new Linear(scope.sub("head.proj"), 12, WIDTH, false);
    this.shift = scope.weight("shift", Layout.PLAIN, Initializers.normal(0.1), WIDTH).value();
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
    Operand<TFloat32> means =
        tf.reshape(tf.math.mean(quarters, scope.ints(2, 4)), scope.ints(-1, 12));
    Operand<TFloat32> embedding = tf.math.add(linear.apply(means), shift);
    uses.add(new Use(scope, input, embedding, pass));
    return new Features(embedding, Map.of());
  }
}
