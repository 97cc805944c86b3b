package example;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.*;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Two convolutions of stride 2, and the mean over what is left of the image. */
public final class TwoLayers implements Encoder {
  static final Setting<Integer> WIDTH =
      Setting.integer("width", 32)
          .range(1, 1024)
          .describe("channels of the first layer; the second has twice as many")
          .source("own choice");

  @Override
  public String id() {
    return "two-layers";
  }

  @Override
  public String summary() {
    return "two convolutions of stride 2 and the mean of what they see";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH);
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int channels = (int) input[2];
    int width = settings.get(WIDTH);
    return new Layers(
        scope,
        new Conv2d(scope.sub("conv1"), channels, width, 3, 2),
        new BatchNorm(scope.sub("bn1"), width),
        new Conv2d(scope.sub("conv2"), width, 2 * width, 3, 2),
        new BatchNorm(scope.sub("bn2"), 2 * width),
        2 * width);
  }

  private record Layers(
      GraphScope scope, Conv2d conv1, BatchNorm bn1, Conv2d conv2, BatchNorm bn2, int width)
      implements Network {
    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Ops tf = scope.tf();
      var x = tf.nn.relu(bn1.apply(conv1.apply(input), pass)); // [B, H / 2, W / 2, D / 2]
      x = tf.nn.relu(bn2.apply(conv2.apply(x), pass)); // [B, H / 4, W / 4, D]
      var embedding = tf.math.mean(x, scope.ints(1, 2)); // [B, D]
      return new Features(embedding, Map.of(Features.FEATURE_MAP, x));
    }
  }
}
