package juxta.plugin.patchmix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.toolkit.discrimination.MultiCrop;
import juxta.toolkit.model.Presets;

/** The settings of PatchMix and its presets; defaults are those of the released configurations. */
final class PatchMixSettings {
  /** M. */
  static final Setting<Integer> IMAGES =
      Setting.integer("images-mixed", 2)
          .range(1, 64)
          .describe("M, images that meet in one mixed image")
          .source("config/pretrain");

  /** p of the mixing; it should be the encoder's. */
  static final Setting<Integer> PATCH =
      Setting.integer("mix-patch", 2)
          .range(1, 256)
          .describe("side of the patches that are mixed, in pixels; that of the ViT")
          .source("config/pretrain: 2 for CIFAR, 16 for ImageNet");

  /** Probability of mixing in a step. */
  static final Setting<Double> PROBABILITY =
      Setting.real("mix-probability", 1)
          .range(0, 1)
          .describe("probability that the images of a step are mixed")
          .source("config/pretrain");

  /** s. */
  static final Setting<Double> SMOOTHING =
      Setting.real("label-smoothing", 0)
          .range(0, 0.999)
          .describe("s, share of the targets that is spread over all keys")
          .source("config/pretrain");

  /** Momentum encoder or none. */
  static final Setting<Boolean> MOMENTUM =
      Setting.flag("momentum-encoder", true)
          .describe("keys from a moving average of the network; false: from the network itself")
          .source("contrast_momentum.py; contrast_no_momentum.py for ViT-T");

  /** Start of m. */
  static final Setting<Double> MOMENTUM_BASE =
      Setting.real("momentum-base", 0.996)
          .range(0, 1)
          .describe("momentum of the average at the start; it grows to 1 by cosine")
          .source("config/pretrain");

  /** Hidden width of both heads. */
  static final Setting<Integer> HIDDEN =
      Setting.integer("head-hidden", 4096)
          .range(1, 1 << 16)
          .describe("hidden width of projector and predictor")
          .source("contrast_momentum.py");

  /** Output width of both heads. */
  static final Setting<Integer> OUT =
      Setting.integer("head-out", 256)
          .range(1, 1 << 16)
          .describe("output width of projector and predictor")
          .source("contrast_momentum.py");

  /** n. */
  static final Setting<Integer> LOCAL =
      MultiCrop.locals(0, "config/pretrain: 0 for CIFAR, 8 for ImageNet");

  /** Rate for a batch of 256. */
  static final Setting<Double> RATE =
      Setting.real("base-rate", 5e-4)
          .range(0, 100)
          .describe("learning rate for a batch of 256; multiplied by batch / 256")
          .source("config/pretrain: ViT-T 2e-3, S 5e-4, B 7.5e-4");

  /** Warm-up. */
  static final Setting<Double> WARMUP =
      Setting.real("warmup-epochs", 100)
          .range(0, 1e6)
          .describe("epochs of linear warm-up, then cosine to 1e-6")
          .source("config/pretrain: 100 for CIFAR, 10 for ImageNet");

  /** First weight decay. */
  static final Setting<Double> DECAY =
      Setting.real("weight-decay", 0.04)
          .range(0, 10)
          .describe("weight decay at the start, not on biases and vectors")
          .source("config/pretrain: 0.04, ViT-T 0.02");

  /** Last weight decay. */
  static final Setting<Double> DECAY_END =
      Setting.real("weight-decay-end", 0.4)
          .range(0, 10)
          .describe("weight decay at the end, reached by cosine")
          .source("config/pretrain: 0.4, ViT-T 0.2");

  /** All, in the order in which they are shown. */
  static final List<Setting<?>> ALL =
      List.of(
          IMAGES,
          PATCH,
          PROBABILITY,
          SMOOTHING,
          MOMENTUM,
          MOMENTUM_BASE,
          HIDDEN,
          OUT,
          LOCAL,
          RATE,
          WARMUP,
          DECAY,
          DECAY_END);

  private PatchMixSettings() {}

  /** Values of a preset. */
  static Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= 64;
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", "patchmix");
    preset.put("loss", "soft-target");
    if (name.equals(Method.SMALL)) {
      preset.put("encoder", "vit-small");
      String patch = Integer.toString(smallPatch(data.imageSide(), tiny));
      preset.put("encoder.patch", patch);
      preset.put("mix-patch", patch);
      preset.put("head-hidden", "512");
      preset.put("head-out", "128");
      preset.put("base-rate", "4e-3");
      preset.put("warmup-epochs", "2");
      preset.put("weight-decay-end", "0.1");
      preset.put("momentum-base", "0.98");
      preset.put("epochs", Presets.smallEpochs(data));
      preset.put("batch", Presets.smallBatch(data));
      preset.put("precision", "auto");
      return preset;
    }
    preset.put("encoder", "vit-s");
    if (tiny) {
      preset.put("encoder.patch", "2");
      preset.put("epochs", "800");
      preset.put("batch", "512");
    } else {
      preset.put("mix-patch", "16");
      preset.put("augmentation.crop-min", "0.35");
      preset.put("local-crops", "8");
      preset.put("warmup-epochs", "10");
      preset.put("epochs", "300");
      preset.put("batch", "1024");
    }
    return preset;
  }

  /** A patch that fills the views: 8 for sides of 32 and 64, 7 for 28, 16 for views of 224. */
  private static int smallPatch(int side, boolean tiny) {
    int patch = tiny ? 8 : 16;
    while (tiny && side % patch != 0) {
      patch--;
    }
    return patch;
  }
}
