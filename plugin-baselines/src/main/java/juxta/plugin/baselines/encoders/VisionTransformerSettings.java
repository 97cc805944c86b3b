package juxta.plugin.baselines.encoders;

import java.util.LinkedHashMap;
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
import juxta.api.UserException;

/** The settings of a vision transformer, with the defaults of one size of it. */
final class VisionTransformerSettings {
  static final Set<String> MAPS = Set.of(Features.TOKENS, Features.FEATURE_MAP);

  private final Setting<Integer> patch;
  private final Setting<Integer> width;
  private final Setting<Integer> depth;
  private final Setting<Integer> heads;
  private final Setting<Double> mlpRatio;
  private final Setting<Double> dropPath;
  private final Setting<String> init;
  private final Setting<String> position;

  VisionTransformerSettings(
      int patch, int width, int depth, int heads, double dropPath, String source) {
    this.patch =
        Setting.integer("patch", patch)
            .range(1, 64)
            .describe("side of a patch in pixels; 2 for images of 32 pixels in PatchMix")
            .source(source);
    this.width =
        Setting.integer("width", width)
            .range(1, 8192)
            .describe("length of a token, a multiple of heads")
            .source(source);
    this.depth =
        Setting.integer("depth", depth).range(1, 128).describe("number of blocks").source(source);
    this.heads =
        Setting.integer("heads", heads)
            .range(1, 128)
            .describe("number of attention heads")
            .source(source);
    this.mlpRatio =
        Setting.real("mlp-ratio", 4)
            .range(0.125, 64)
            .describe("hidden units of a block over width")
            .source("arXiv 2010.11929, table 1");
    this.dropPath =
        Setting.real("drop-path", dropPath)
            .range(0, 0.99)
            .describe("stochastic depth: rate in the last block, growing linearly from 0")
            .source(source);
    this.init =
        Setting.choice("init", "xavier", "xavier", "normal")
            .describe("first values of matrices: Xavier uniform, or normal with deviation 0.02")
            .source("MoCo v3 and PatchMix, vits.py; normal: timm vision_transformer.py");
    this.position =
        Setting.choice("position", "learned", "learned", "sincos")
            .describe("position embedding: learned, or fixed sines and cosines of row and column")
            .source("arXiv 2010.11929, section 3.1; sincos: MoCo v3, vits.py");
  }

  List<Setting<?>> all() {
    return List.of(patch, width, depth, heads, mlpRatio, dropPath, init, position);
  }

  static Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Dosovitskiy et al.",
            "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
            2021,
            "https://arxiv.org/abs/2010.11929"));
  }

  /** Any of timm's vision transformers can be given all numbers; the name says which is nearest. */
  Optional<Architecture> architecture(String timm, long[] input, Settings settings) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("img_size", input[0] == input[1] ? input[0] : List.of(input[0], input[1]));
    arguments.put("patch_size", settings.get(patch));
    arguments.put("embed_dim", settings.get(width));
    arguments.put("depth", settings.get(depth));
    arguments.put("num_heads", settings.get(heads));
    arguments.put("mlp_ratio", settings.get(mlpRatio));
    if (input[2] != 3) {
      arguments.put("in_chans", input[2]);
    }
    return Optional.of(new Architecture(timm, arguments, ""));
  }

  Network create(GraphScope scope, long[] input, Settings settings) {
    int d = settings.get(width);
    int h = settings.get(heads);
    if (d % h != 0) {
      throw new UserException("width " + d + " is no multiple of heads " + h + "; change one");
    }
    boolean fixed = settings.get(position).equals("sincos");
    if (fixed && d % 4 != 0) {
      throw new UserException("width " + d + " is no multiple of 4, as position=sincos needs");
    }
    return new VisionTransformer(
        scope,
        input,
        new VisionTransformer.Plan(
            settings.get(patch),
            d,
            settings.get(depth),
            h,
            settings.get(mlpRatio),
            settings.get(dropPath),
            settings.get(init).equals("xavier") ? TransformerInit.XAVIER : TransformerInit.NORMAL,
            fixed));
  }
}
