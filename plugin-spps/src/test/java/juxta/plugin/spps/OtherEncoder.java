package juxta.plugin.spps;

import java.util.List;
import java.util.Map;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One linear layer over the mean of each colour, with names that some files spell otherwise. */
final class OtherEncoder implements Encoder {
  static final Setting<Integer> WIDTH =
      Setting.integer("width", 3).range(1, 9).describe("features").source("own choice");

  @Override
  public String id() {
    return "other";
  }

  @Override
  public String summary() {
    return "mean colours";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH);
  }

  @Override
  public List<Map<String, String>> spellings() {
    return List.of(Map.of("head.weight", "features.0.weight", "head.bias", "features.0.bias"));
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int width = settings.get(WIDTH);
    Linear linear = new Linear(scope.sub("head"), (int) input[2], width, true);
    return new Network() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public Features apply(Operand<TFloat32> images, Pass pass) {
        return new Features(linear.apply(scope.tf().math.mean(images, scope.ints(1, 2))), Map.of());
      }
    };
  }
}
