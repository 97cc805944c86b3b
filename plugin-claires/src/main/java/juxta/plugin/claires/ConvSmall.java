package juxta.plugin.claires;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.DataKind;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Four 3x3 convolutions of stride 2, each with batch normalisation and a rectifier, and the mean
 * over what is left of the image (or mean and maximum): an encoder for small machines.
 */
public final class ConvSmall implements Encoder {
  static final Setting<Integer> WIDTH =
      Setting.integer("width", 32)
          .range(1, 1024)
          .describe("channels of the first convolution, doubled by each further one")
          .source("own choice, for training on a few CPU cores");

  static final Setting<String> POOLING =
      Setting.choice("pooling", "mean", "mean", "mean-max")
          .describe(
              "mean of each channel over the map, or its mean and its maximum, twice the features:"
                  + " a small mark shows in the maximum and is lost in the mean")
          .source("own choice");

  private static final int LAYERS = 4;

  /** Made by the service loader. */
  public ConvSmall() {}

  @Override
  public String id() {
    return "conv-small";
  }

  @Override
  public String summary() {
    return "four convolutions of stride 2 and the mean of what they see, 256 features";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.IMAGES, DataKind.IMAGES_WITH_TEXT);
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH, POOLING);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    return new Convolutions(
        scope, (int) input[2], settings.get(WIDTH), settings.get(POOLING).equals("mean-max"));
  }

  private static final class Convolutions implements Network {
    private final GraphScope scope;
    private final int width;
    private final boolean maximum;
    private final List<Conv2d> convolutions = new ArrayList<>();
    private final List<BatchNorm> norms = new ArrayList<>();

    Convolutions(GraphScope scope, int channels, int first, boolean maximum) {
      this.scope = scope;
      this.maximum = maximum;
      int in = channels;
      for (int i = 0; i < LAYERS; i++) {
        int out = first << i;
        convolutions.add(new Conv2d(scope.sub("conv" + (i + 1)), in, out, 3, 2));
        norms.add(new BatchNorm(scope.sub("bn" + (i + 1)), out));
        in = out;
      }
      this.width = maximum ? 2 * in : in;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Ops tf = scope.tf();
      Operand<TFloat32> x = input; // [B, H, W, C]
      for (int i = 0; i < LAYERS; i++) {
        x = tf.nn.relu(norms.get(i).apply(convolutions.get(i).apply(x), pass));
      }
      // x is [B, H / 16, W / 16, D]
      return new Features(pooled(x), Map.of(Features.FEATURE_MAP, x));
    }

    /** [B, h, w, D] to [B, D], or to [B, 2 D]. */
    private Operand<TFloat32> pooled(Operand<TFloat32> x) {
      Ops tf = scope.tf();
      Operand<TFloat32> mean = tf.math.mean(x, scope.ints(1, 2)); // [B, D]
      return maximum
          ? tf.concat(List.of(mean, tf.reduceMax(x, scope.ints(1, 2))), tf.constant(1))
          : mean;
    }
  }
}
