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
import juxta.toolkit.nn.Activation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * MobileNet, without the classifier. Parameters have the names of timm's {@code mobilenetv1_100}.
 * Inputs may have any height and width; the feature map is 32 times smaller.
 */
public final class MobileNetV1 implements Encoder {
  static final Setting<Double> WIDTH =
      Setting.real("width", 1)
          .range(0.125, 4)
          .describe("factor on the number of channels")
          .source("table 6 of the paper: 1, 0.75, 0.5, 0.25");

  /** Output channels, blocks, stride of the first block (table 1 of the paper). */
  private record Stage(int channels, int blocks, int stride) {
    static final List<Stage> ALL =
        List.of(
            new Stage(64, 1, 1),
            new Stage(128, 2, 2),
            new Stage(256, 2, 2),
            new Stage(512, 6, 2),
            new Stage(1024, 2, 2));
  }

  private static final int STEM = 32;

  /** Made by the service loader. */
  public MobileNetV1() {}

  @Override
  public String id() {
    return "mobilenet-v1";
  }

  @Override
  public String summary() {
    return "MobileNet of any width: at 0.25 0.2 million parameters, 256 features";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Howard, Zhu, Chen, Kalenichenko, Wang, Weyand, Andreetto, Adam",
            "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications",
            2017,
            "https://arxiv.org/abs/1704.04861"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH, MobileNetV2.PADDING);
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int channels = Images.channels(id(), input);
    boolean same = settings.get(MobileNetV2.PADDING).equals("same");
    return new Layers(scope, channels, settings.get(WIDTH), same);
  }

  /** To the nearest multiple of 8, but not below nine tenths, as in tensorflow/models. */
  private static int channels(double width, int of) {
    double wanted = width * of;
    int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
  }

  private static final class Layers implements Network {
    private final GraphScope scope;
    private final List<ConvNormAct> layers = new ArrayList<>();
    private final int width;

    Layers(GraphScope scope, int channels, double factor, boolean same) {
      this.scope = scope;
      int in = channels(factor, STEM);
      layers.add(
          ConvNormAct.dense(
              new ConvNormAct.Place(scope, "conv_stem", "bn1", same),
              channels,
              in,
              3,
              2,
              Activation.RELU6));
      for (int s = 0; s < Stage.ALL.size(); s++) {
        Stage stage = Stage.ALL.get(s);
        int out = channels(factor, stage.channels());
        for (int b = 0; b < stage.blocks(); b++) {
          ConvNormAct.Place at =
              new ConvNormAct.Place(scope.sub("blocks." + s + "." + b), "conv_dw", "bn1", same);
          layers.add(ConvNormAct.depthwise(at, in, b == 0 ? stage.stride() : 1, Activation.RELU6));
          layers.add(
              ConvNormAct.dense(at.named("conv_pw", "bn2"), in, out, 1, 1, Activation.RELU6));
          in = out;
        }
      }
      width = in;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Operand<TFloat32> x = input;
      for (ConvNormAct layer : layers) {
        x = layer.apply(x, pass); // the last: [B, H / 32, W / 32, D]
      }
      return new Features(
          scope.tf().math.mean(x, scope.ints(1, 2)), Map.of(Features.FEATURE_MAP, x));
    }
  }
}
