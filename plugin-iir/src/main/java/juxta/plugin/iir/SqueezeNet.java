package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SqueezeNet 1.0 without its classifier: no batch normalisation, 735,424 parameters, 512 features.
 * Parameters have the names of torchvision's {@code squeezenet1_0}. Inputs may have any height and
 * width from 21 pixels on; the feature map is about 16 times smaller.
 */
public final class SqueezeNet implements Encoder {
  static final Setting<String> CHANNELS =
      Setting.choice("channels", "rgb", "rgb", "bgr")
          .describe(
              "order in which the first layer gets the colours; weights that come from Caffe want"
                  + " bgr, and pictures normalised as caffe")
          .source("torchvision: rgb; the authors' own weights: bgr");

  /** Channels between the two layers of each fire module (table 1 of the paper: s1x1). */
  private static final List<Integer> SQUEEZED = List.of(16, 16, 32, 32, 48, 48, 64, 64);

  /** Places of the fire modules among torchvision's layers. */
  private static final List<Integer> PLACES = List.of(3, 4, 5, 7, 8, 9, 10, 12);

  /** Fire modules before which the map is halved. */
  private static final Set<Integer> POOLED = Set.of(3, 7, 12);

  private static final int STEM = 96;

  /** Made by the service loader. */
  public SqueezeNet() {}

  @Override
  public String id() {
    return "squeezenet";
  }

  @Override
  public String summary() {
    return "SqueezeNet 1.0: 0.7 million parameters, 512 features";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer",
            "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
            2016,
            "https://arxiv.org/abs/1602.07360"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CHANNELS);
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int channels = Images.channels(id(), input);
    boolean reversed = settings.get(CHANNELS).equals("bgr");
    if (reversed && channels != 3) {
      throw new UserException(
          "squeezenet: channels=bgr needs pictures with 3 channels, these have " + channels);
    }
    return new Layers(scope, channels, reversed);
  }

  private static Conv2d conv(GraphScope scope, int in, int out, int kernel, int stride) {
    return new Conv2d(
        scope,
        in,
        out,
        kernel,
        stride,
        stride == 1 ? kernel / 2 : 0,
        Initializers.kaimingUniform(),
        Optional.of(Initializers.zeros()));
  }

  /** Few channels, and from them as many with and without a look at the neighbours. */
  private record Fire(GraphScope scope, Conv2d squeeze, Conv2d expand1x1, Conv2d expand3x3) {
    static Fire of(GraphScope scope, int in, int squeezed) {
      int half = 4 * squeezed;
      return new Fire(
          scope,
          conv(scope.sub("squeeze"), in, squeezed, 1, 1),
          conv(scope.sub("expand1x1"), squeezed, half, 1, 1),
          conv(scope.sub("expand3x3"), squeezed, half, 3, 1));
    }

    Operand<TFloat32> apply(Operand<TFloat32> x) {
      Ops tf = scope.tf();
      Operand<TFloat32> few = tf.nn.relu(squeeze.apply(x));
      return tf.concat(
          List.of(tf.nn.relu(expand1x1.apply(few)), tf.nn.relu(expand3x3.apply(few))),
          tf.constant(3));
    }
  }

  private static final class Layers implements Network {
    private final GraphScope scope;
    private final boolean reversed;
    private final Conv2d stem;
    private final List<Fire> fires = new ArrayList<>();
    private final int width;

    Layers(GraphScope scope, int channels, boolean reversed) {
      this.scope = scope;
      this.reversed = reversed;
      GraphScope features = scope.sub("features");
      this.stem = conv(features.sub("0"), channels, STEM, 7, 2);
      int in = STEM;
      for (int i = 0; i < SQUEEZED.size(); i++) {
        fires.add(Fire.of(features.sub(PLACES.get(i).toString()), in, SQUEEZED.get(i)));
        in = 8 * SQUEEZED.get(i);
      }
      this.width = in;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Ops tf = scope.tf();
      Operand<TFloat32> x = reversed ? tf.reverse(input, tf.constant(new int[] {3})) : input;
      x = tf.nn.relu(stem.apply(x)); // [B, H / 2, W / 2, 96]
      for (int i = 0; i < fires.size(); i++) {
        x = fires.get(i).apply(POOLED.contains(PLACES.get(i)) ? halved(x) : x);
      }
      return new Features(tf.math.mean(x, scope.ints(1, 2)), Map.of(Features.FEATURE_MAP, x));
    }

    /**
     * The largest of 3 x 3, two apart, with a last place that may hang over: one row of zeros gives
     * an even side that place, an odd one nothing, and after the rectifier nothing is below them.
     */
    private Operand<TFloat32> halved(Operand<TFloat32> x) {
      Ops tf = scope.tf();
      return tf.nn.maxPool(
          tf.pad(x, tf.constant(new int[][] {{0, 0}, {0, 1}, {0, 1}, {0, 0}}), tf.constant(0f)),
          tf.constant(new int[] {1, 3, 3, 1}),
          tf.constant(new int[] {1, 2, 2, 1}),
          "VALID");
    }
  }
}
