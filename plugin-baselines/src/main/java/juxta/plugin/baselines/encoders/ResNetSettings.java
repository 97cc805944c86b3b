package juxta.plugin.baselines.encoders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Architecture;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;

/** What the ResNet encoders have in common. */
final class ResNetSettings {
  static final Set<String> MAPS = Set.of(Features.FEATURE_MAP);

  static final Setting<String> STEM =
      Setting.choice("stem", "imagenet", "imagenet", "cifar")
          .describe(
              "imagenet: 7x7 convolution of stride 2 and max pooling; cifar: one 3x3 convolution,"
                  + " for images of about 32 pixels")
          .source("torchvision models/resnet.py; cifar: SimCLR, arXiv 2002.05709, appendix B.9");

  static final Setting<Integer> WIDTH =
      Setting.integer("width", 64)
          .range(1, 1024)
          .describe("channels of the first stage, doubled in every further one")
          .source("arXiv 1512.03385, table 1");

  static final Setting<Boolean> ZERO_INIT =
      Setting.flag("zero-init", false)
          .describe("start the last batch normalisation of each block with the weight 0")
          .source("torchvision models/resnet.py, zero_init_residual");

  static final List<Setting<?>> ALL = List.of(STEM, WIDTH, ZERO_INIT);

  private ResNetSettings() {}

  static Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "He, Zhang, Ren, Sun",
            "Deep Residual Learning for Image Recognition",
            2016,
            "https://arxiv.org/abs/1512.03385"));
  }

  static Optional<Architecture> architecture(String timm, long[] input, Settings settings) {
    long channels = input[2];
    if (settings.get(WIDTH) != 64) {
      return Optional.empty();
    }
    boolean small = settings.get(STEM).equals("cifar");
    Map<String, Object> arguments = channels == 3 ? Map.of() : Map.of("in_chans", channels);
    String changes =
        "model.conv1 = torch.nn.Conv2d("
            + channels
            + ", 64, 3, padding=1, bias=False)\nmodel.maxpool = torch.nn.Identity()";
    return Optional.of(new Architecture(timm, arguments, small ? changes : ""));
  }

  static Network create(
      GraphScope scope, long[] input, Settings settings, boolean bottleneck, Integer... blocks) {
    return new ResNet(
        scope,
        Inputs.channels(input),
        new ResNet.Plan(
            List.of(blocks),
            bottleneck,
            settings.get(WIDTH),
            settings.get(STEM).equals("imagenet"),
            settings.get(ZERO_INIT)));
  }
}
