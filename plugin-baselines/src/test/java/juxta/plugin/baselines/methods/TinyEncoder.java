package juxta.plugin.baselines.methods;

import java.util.Map;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One linear layer over all pixels. */
final class TinyEncoder implements Encoder {
  static final int WIDTH = 6;

  @Override
  public String id() {
    return "tiny";
  }

  @Override
  public String summary() {
    return "one linear layer";
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int pixels = (int) (input[0] * input[1] * input[2]);
    Linear linear = new Linear(scope.sub("fc"), pixels, WIDTH, true);
    return new Network() {
      @Override
      public int width() {
        return WIDTH;
      }

      @Override
      public Features apply(Operand<TFloat32> images, Pass pass) {
        Operand<TFloat32> flat = scope.tf().reshape(images, scope.ints(-1, pixels));
        return new Features(linear.apply(flat), Map.of());
      }
    };
  }
}
