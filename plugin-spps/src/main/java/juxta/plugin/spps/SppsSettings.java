package juxta.plugin.spps;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Setting;

/**
 * What SPPS adds to the settings and presets of a framework. The paper's body gives no values for
 * mining that could be confirmed, so those are own choices.
 */
final class SppsSettings {
  private static final String OWN = "own choice";

  /** Key of the setting that says which framework learns from the pairs. */
  static final String FRAMEWORK = "framework";

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
              "run folder or safetensors file of the encoder that mines, or a folded network as"
                  + " .npz with its .json; empty: the framework trains one first")
          .source("a pre-trained self-supervised model; which one is not known");

  /** Settings of E. */
  static final Setting<String> REFERENCE_SETTINGS =
      Setting.text("reference-settings", "")
          .describe(
              "settings of another reference-encoder, as KEY=VALUE by commas, such as"
                  + " padding=symmetric")
          .source(OWN);

  /** How large E sees the views. */
  static final Setting<Optional<Integer>> REFERENCE_SIDE =
      Setting.integer("reference-side")
          .range(1, 4096)
          .unset("as the views are", "0")
          .describe(
              "height and width, in pixels, to which views are resized for the encoder that mines:"
                  + " one that was trained on large images sees little in small ones")
          .source(OWN);

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
  static final Setting<Optional<Integer>> PER_IMAGE =
      Setting.integer("pairs-per-image")
          .range(1, 1 << 20)
          .unset("any number", "0")
          .describe("pairs that an image may be part of, the most similar first")
          .source(OWN);

  /** Greatest m over N. */
  static final Setting<Optional<Double>> SHARE =
      Setting.real("pair-share")
          .range(1e-9, 1000)
          .unset("all in the band", "0")
          .describe(
              "at most this many pairs for each image of the data, the most similar first, instead"
                  + " of finding the similarity-min that leaves as many")
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

  /** All of them, without the framework and its settings. */
  static final List<Setting<?>> ADDED =
      List.of(
          PAIRS,
          REFERENCE,
          REFERENCE_SETTINGS,
          REFERENCE_SIDE,
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
          EQUAL_STEPS);

  /** Abstract: ImageNet, 800 epochs with batches of 1024. */
  static final Map<String, String> HEADLINE = Map.of("epochs", "800", "batch", "1024");

  /** Of a reference that was trained for minutes: the most similar pairs of all images. */
  static final Map<String, String> SMALL =
      Map.of(
          "bootstrap-epochs", "8",
          "anchor-share", "1",
          "similarity-min", "0.5",
          "similarity-max", "0.999",
          "pair-share", "0.15",
          "equal-steps", "true");

  private SppsSettings() {}
}
