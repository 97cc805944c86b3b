package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * MobileNetV2 at width 1.0, without the classifier. Parameters have the names of timm's {@code
 * mobilenetv2_100}; files with torchvision's are read, too. Inputs may have any height and width;
 * the feature map is 32 times smaller.
 */
public final class MobileNetV2 implements Encoder {
  static final Setting<String> PADDING =
      Setting.choice("padding", "same", "same", "symmetric")
          .describe(
              "zeros around maps where they shrink: as TensorFlow pads, or as PyTorch, which timm's"
                  + " weights need")
          .source("tensorflow/models, slim/nets/mobilenet");

  /** Output channels, blocks, stride of the first block, expansion (table 2 of the paper). */
  private record Stage(int channels, int blocks, int stride, int expansion) {
    static final List<Stage> ALL =
        List.of(
            new Stage(16, 1, 1, 1),
            new Stage(24, 2, 2, 6),
            new Stage(32, 3, 2, 6),
            new Stage(64, 4, 2, 6),
            new Stage(96, 3, 1, 6),
            new Stage(160, 3, 2, 6),
            new Stage(320, 1, 1, 6));
  }

  private static final int STEM = 32;
  private static final int WIDTH = 1280;

  /** Made by the service loader. */
  public MobileNetV2() {}

  @Override
  public String id() {
    return "mobilenet-v2";
  }

  @Override
  public String summary() {
    return "MobileNetV2, width 1.0: 2.2 million parameters, 1280 features";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Sandler, Howard, Zhu, Zhmoginov, Chen",
            "MobileNetV2: Inverted Residuals and Linear Bottlenecks",
            2018,
            "https://arxiv.org/abs/1801.04381"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PADDING);
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public List<Map<String, String>> spellings() {
    return List.of(torchvision());
  }

  /** torchvision numbers all blocks as {@code features}, and the layers of each. */
  private static Map<String, String> torchvision() {
    Map<String, String> names = new LinkedHashMap<>();
    layer(names, "conv_stem", "features.0.0", "bn1", "features.0.1");
    int number = 1;
    for (int s = 0; s < Stage.ALL.size(); s++) {
      for (int b = 0; b < Stage.ALL.get(s).blocks(); b++) {
        String own = "blocks." + s + "." + b + ".";
        String file = "features." + number++ + ".conv.";
        if (Stage.ALL.get(s).expansion() == 1) {
          layer(names, own + "conv_dw", file + "0.0", own + "bn1", file + "0.1");
          layer(names, own + "conv_pw", file + "1", own + "bn2", file + "2");
        } else {
          layer(names, own + "conv_pw", file + "0.0", own + "bn1", file + "0.1");
          layer(names, own + "conv_dw", file + "1.0", own + "bn2", file + "1.1");
          layer(names, own + "conv_pwl", file + "2", own + "bn3", file + "3");
        }
      }
    }
    String last = "features." + number;
    layer(names, "conv_head", last + ".0", "bn2", last + ".1");
    return names;
  }

  /** A convolution and its normalisation. */
  private static void layer(
      Map<String, String> names, String conv, String itsFile, String norm, String normsFile) {
    names.put(conv + ".weight", itsFile + ".weight");
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      names.put(norm + "." + part, normsFile + "." + part);
    }
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int channels = Images.channels(id(), input);
    return new Layers(scope, channels, settings.get(PADDING).equals("same"));
  }

  private static final class Layers implements Network {
    private final GraphScope scope;
    private final ConvNormAct stem;
    private final List<InvertedResidual> blocks = new ArrayList<>();
    private final ConvNormAct head;

    Layers(GraphScope scope, int channels, boolean same) {
      this.scope = scope;
      ConvNormAct.Place at = new ConvNormAct.Place(scope, "conv_stem", "bn1", same);
      stem = ConvNormAct.dense(at, channels, STEM, 3, 2, Activation.RELU6);
      int in = STEM;
      for (int s = 0; s < Stage.ALL.size(); s++) {
        Stage stage = Stage.ALL.get(s);
        for (int b = 0; b < stage.blocks(); b++) {
          blocks.add(
              new InvertedResidual(
                  scope.sub("blocks." + s + "." + b),
                  in,
                  stage.channels(),
                  b == 0 ? stage.stride() : 1,
                  stage.expansion(),
                  same));
          in = stage.channels();
        }
      }
      head = ConvNormAct.dense(at.named("conv_head", "bn2"), in, WIDTH, 1, 1, Activation.RELU6);
    }

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Operand<TFloat32> x = stem.apply(input, pass); // [B, H / 2, W / 2, 32]
      for (InvertedResidual block : blocks) {
        x = block.apply(x, pass);
      }
      x = head.apply(x, pass); // [B, H / 32, W / 32, 1280]
      return new Features(
          scope.tf().math.mean(x, scope.ints(1, 2)), Map.of(Features.FEATURE_MAP, x));
    }
  }
}
