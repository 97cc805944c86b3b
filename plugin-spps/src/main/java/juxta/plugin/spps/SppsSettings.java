package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Setting;
import juxta.toolkit.discrimination.Frameworks;
import juxta.toolkit.model.Presets;

/**
 * The settings of SPPS and its presets. The paper's body gives no values for mining that could be
 * confirmed, so those are own choices.
 */
final class SppsSettings {
  private static final String OWN = "own choice";

  /** Which framework learns from the pairs. */
  static final Setting<String> FRAMEWORK =
      Setting.choice("framework", "simclr", Frameworks.ids().toArray(String[]::new))
          .describe(
              "what learns from images and pairs; its settings without a value take its own"
                  + " defaults (--preset small-byol has those for small machines)")
          .source("abstract: works with any instance discrimination framework");

  /** Where pairs come from. */
  static final Setting<String> PAIRS =
      Setting.choice("pairs", "mined", "mined", "random", "same-class", "none")
          .describe(
              "mined, or a control: as many random ones, as many within the true classes, none"
                  + " (the framework alone)")
          .source(OWN);

  /** E. */
  static final Setting<String> REFERENCE =
      Setting.file("reference", "")
          .describe(
              "run folder or safetensors file of the encoder that mines; empty: the framework"
                  + " trains one first")
          .source("a pre-trained self-supervised model; which one is not known");

  /** E0. */
  static final Setting<Integer> BOOTSTRAP =
      Setting.integer("bootstrap-epochs", 200)
          .range(0, 100_000)
          .describe("epochs for which the encoder that mines is trained, without a reference")
          .source(OWN + ": 200 on CIFAR-10, 100 on STL-10");

  /** tau_min. */
  static final Setting<Double> LOW =
      Setting.real("similarity-min", 0.97)
          .range(-1, 1)
          .describe("tau_min, least cosine of a pair; depends on the encoder")
          .source(OWN + "; sweep 0.95 to 0.99");

  /** tau_max. */
  static final Setting<Double> HIGH =
      Setting.real("similarity-max", 0.99)
          .range(-1, 1)
          .describe("tau_max, greatest cosine of a pair: above it are copies")
          .source(OWN + "; 0.999 for encoders whose features vary little");

  /** kappa. */
  static final Setting<Double> ANCHORS =
      Setting.real("anchor-share", 0.1)
          .range(1e-9, 1)
          .describe("kappa, share of the images that choose partners")
          .source(OWN + "; sweep 0.05 to 1");

  /** C. */
  static final Setting<String> CANDIDATES =
      Setting.choice("candidates", "all", "all", "anchors")
          .describe("images among which anchors choose")
          .source(OWN);

  /** The rule. */
  static final Setting<String> CHOOSE =
      Setting.choice("choose", "best", "best", "top", "all")
          .describe("of the images that fit, an anchor chooses the most similar, some, or all")
          .source(OWN);

  /** R. */
  static final Setting<Integer> TOP =
      Setting.integer("choose-top", 5)
          .range(1, 1 << 20)
          .describe("partners of an anchor with choose=top")
          .source(OWN);

  /** c. */
  static final Setting<Integer> PER_IMAGE =
      Setting.integer("pairs-per-image", 0)
          .range(0, 1 << 20)
          .describe("pairs that an image may be part of, the most similar first; 0: any number")
          .source(OWN);

  /** Greatest m over N. */
  static final Setting<Double> SHARE =
      Setting.real("pair-share", 0)
          .range(0, 1000)
          .describe(
              "at most this many pairs for each image of the data, the most similar first, instead"
                  + " of finding the similarity-min that leaves as many; 0: all in the band")
          .source(OWN + ": 0.05 to 0.2 is a good number of pairs");

  /** Flag maskShared. */
  static final Setting<Boolean> MASK_SHARED =
      Setting.flag("mask-shared", false)
          .describe("views of one image in different entries of a batch do not repel (simclr)")
          .source(OWN);

  /** Control of equal steps. */
  static final Setting<Boolean> EQUAL_STEPS =
      Setting.flag("equal-steps", false)
          .describe("as many steps as the framework alone takes; false: an epoch visits pairs, too")
          .source(OWN);

  private SppsSettings() {}

  /** Own settings, then those of the frameworks. */
  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                FRAMEWORK,
                PAIRS,
                REFERENCE,
                BOOTSTRAP,
                LOW,
                HIGH,
                ANCHORS,
                CANDIDATES,
                CHOOSE,
                TOP,
                PER_IMAGE,
                SHARE,
                MASK_SHARED,
                EQUAL_STEPS));
    all.addAll(Frameworks.settings());
    return all;
  }

  /**
   * {@code paper}, {@code small}, and both for each other framework, such as {@code small-byol}.
   */
  static Set<String> presets() {
    Set<String> names = new LinkedHashSet<>();
    for (String id : Frameworks.ids()) {
      names.add(name(Method.PAPER, id));
      names.add(name(Method.SMALL, id));
    }
    return names;
  }

  private static String name(String preset, String framework) {
    return framework.equals(FRAMEWORK.defaultValue()) ? preset : preset + "-" + framework;
  }

  /** Values of a preset. */
  static Map<String, String> preset(String name, DataSummary data) {
    String framework =
        name.contains("-") ? name.substring(name.indexOf('-') + 1) : FRAMEWORK.defaultValue();
    boolean small = name.startsWith(Method.SMALL);
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= 64;
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("framework", framework);
    boolean simclr = framework.equals(FRAMEWORK.defaultValue());
    if (!simclr && (small || tiny)) {
      preset.putAll(Frameworks.named(framework).smallScale());
    }
    views(preset, framework, tiny);
    if (!small) {
      preset.put("encoder", tiny ? "resnet18" : "resnet50");
      if (tiny) {
        preset.put("encoder.stem", "cifar");
      }
      if (tiny && simclr) { // SimCLR, appendix B.9
        preset.put("loss.temperature", "0.5");
        preset.put("base-rate", "1.0");
        preset.put("weight-decay", "1e-4");
      }
      preset.put("epochs", tiny ? "1000" : "800");
      preset.put("batch", tiny ? simclr ? "512" : "256" : "1024");
      return preset;
    }
    preset.put("encoder", "resnet-small");
    narrow(preset, framework, data);
    preset.put("warmup-epochs", "1");
    preset.put("augmentation.crop-min", "0.2"); // short runs learn little from tiny crops
    if (tiny) {
      preset.put("augmentation.size", Presets.smallViews(data));
    }
    preset.put("epochs", Presets.smallEpochs(data));
    preset.put("batch", Presets.smallBatch(data));
    preset.put("precision", "auto");
    // a reference that was trained for minutes: the most similar pairs of all images
    preset.put("bootstrap-epochs", "8");
    preset.put("anchor-share", "1");
    preset.put("similarity-min", "0.5");
    preset.put("similarity-max", "0.999");
    preset.put("pair-share", "0.15");
    preset.put("equal-steps", "true");
    return preset;
  }

  /** The framework's own augmentation and loss. */
  private static void views(Map<String, String> preset, String framework, boolean tiny) {
    switch (framework) {
      case "simclr" -> {
        preset.put("augmentation", tiny ? "simclr-cifar" : "simclr");
        preset.put("loss", "ntxent");
        preset.put("loss.temperature", tiny ? "0.2" : "0.1");
      }
      case "byol" -> {
        preset.put("augmentation", "byol");
        if (tiny) {
          preset.put("augmentation.blur", "0");
          preset.put("augmentation.blur-second", "0");
        }
      }
      default -> {
        preset.put("augmentation", tiny ? "cifar" : "mocov2");
        if (framework.equals("mocov2")) {
          preset.put("loss", "ntxent");
          preset.put("loss.temperature", "0.2");
        }
      }
    }
  }

  /** Heads for small machines, as those of the frameworks' own presets. */
  private static void narrow(Map<String, String> preset, String framework, DataSummary data) {
    switch (framework) {
      case "simclr" -> {
        preset.put("projection-hidden", "256");
        preset.put("optimizer", "adamw");
        preset.put("base-rate", "4e-3");
        preset.put("weight-decay", "0.01");
      }
      case "mocov2" -> {
        preset.put("projection-hidden", "512");
        preset.put("projection-out", "128");
        preset.put("queue", data.trainSize() <= 5000 ? "1024" : "4096");
      }
      case "byol" -> {
        preset.put("projection-hidden", "1024");
        preset.put("prediction-hidden", "1024");
      }
      default -> {
        preset.put("projection-hidden", "512");
        preset.put("projection-out", "512");
        preset.put("prediction-hidden", "128");
      }
    }
  }
}
