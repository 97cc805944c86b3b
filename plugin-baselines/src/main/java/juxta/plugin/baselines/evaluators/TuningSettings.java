package juxta.plugin.baselines.evaluators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.image.RandAugment;
import juxta.toolkit.optim.Schedules;

/**
 * How a model is fine-tuned.
 *
 * <p>The numbers of {@code patchmix} are those of its released configuration; its batch and the
 * rate that the cosine ends at are not known from there: the batch is that of its linear evaluation
 * on CIFAR, and the rate that of its pre-training. {@code mocov3} fine-tunes by DeiT's code with
 * its defaults, in 150 epochs as MoCo v3's code says for ViT-B; the batch of 1024 is DeiT's. Of
 * both recipes repeated augmentation and the moving average of the weights are left out, and
 * RandAugment mixes four pixels where they have sixteen. {@code small} is ours, for a few CPU
 * cores.
 *
 * @param protocol the recipe that the values are from, where the user gave none
 * @param labelled share of the labelled training records that is used
 * @param view what is seen of a record
 * @param epochs passes over the records
 * @param fewest steps to take even if the epochs make less, as they do on few labels
 * @param warmup passes during which the learning rate rises from 0
 * @param batch records a step
 * @param rate learning rate of the head for a batch of 256
 * @param floor learning rate at the end, at most the rate
 * @param decay weight decay, apart from the gradient
 * @param layerDecay factor on the learning rate from a layer to the one before
 * @param encoderRate factor on the learning rate of the encoder, 0 where it is frozen
 * @param randAugment strength of RandAugment's changes, 0 to 10; 0: none
 * @param erasing probability with which a box of an image becomes noise
 * @param mixup see {@link Mixing}
 * @param cutmix see {@link Mixing}
 * @param smoothing probability that is spread over all classes
 */
record TuningSettings(
    String protocol,
    double labelled,
    TuningViews view,
    int epochs,
    long fewest,
    int warmup,
    int batch,
    double rate,
    double floor,
    double decay,
    double layerDecay,
    double encoderRate,
    double randAugment,
    double erasing,
    double mixup,
    double cutmix,
    double smoothing) {
  private static final String PROTOCOLS = "the protocol's";

  static final Setting<String> PROTOCOL =
      Setting.choice("protocol", "patchmix", "patchmix", "mocov3", "small")
          .describe("whose numbers are taken where none are given; small: for a few CPU cores")
          .source(
              "patchmix: its released configuration; mocov3: DeiT's code, as MoCo v3 uses it; of"
                  + " both without averaged weights");

  static final Setting<Double> LABELLED =
      Setting.real("labelled", 1)
          .range(1e-6, 1)
          .describe("share of each class's training records whose labels are used, at least one")
          .source("SimCLR and others report 0.01 and 0.1");

  static final Setting<String> VIEW =
      Setting.choice("view", "auto", "auto", "crop", "shift", "whole")
          .describe(
              "what is seen of a record: a random crop and flip, a shift by up to 4 pixels and a"
                  + " flip, or the fixed view; auto: shifts of images of up to 64 pixels, else crops")
          .source("patchmix: shifts for CIFAR, crops for ImageNet");

  static final Setting<Optional<Integer>> EPOCHS =
      Setting.integer("epochs")
          .atLeast(1)
          .unset(PROTOCOLS)
          .describe("passes over the labelled records")
          .source("patchmix: 100; mocov3: 150, MoCo v3's code; small: 20, at least 400 steps");

  static final Setting<Optional<Integer>> WARMUP =
      Setting.integer("warmup-epochs")
          .atLeast(0)
          .unset(PROTOCOLS)
          .describe("passes during which the learning rate rises from 0")
          .source("patchmix: 10; mocov3: 5; small: 2");

  static final Setting<Optional<Integer>> BATCH =
      Setting.integer("batch")
          .atLeast(1)
          .unset(PROTOCOLS)
          .describe("records a step, at most the labelled ones")
          .source("patchmix: 256, that of its linear evaluation; mocov3: 1024; small: 64");

  static final Setting<Optional<Double>> RATE =
      Setting.real("learning-rate")
          .atLeast(0)
          .unset(PROTOCOLS)
          .describe("learning rate of AdamW for a batch of 256, at the head")
          .source(
              "patchmix: 5e-4 (ViT-T: 1e-3); mocov3: 2.5e-4, DeiT's 5e-4 for a batch of 512; small:"
                  + " 4e-3");

  static final Setting<Optional<Double>> DECAY =
      Setting.real("weight-decay")
          .atLeast(0)
          .unset(PROTOCOLS)
          .describe("weight decay, not of biases, normalisation, class token and positions")
          .source("patchmix, mocov3 and small: 0.05");

  static final Setting<Optional<Double>> LAYER_DECAY =
      Setting.real("layer-decay")
          .range(1e-3, 1)
          .unset(PROTOCOLS)
          .describe("factor on the learning rate from a layer to the one before; 1: all alike")
          .source("patchmix: 0.75, the rule of BEiT's and MAE's code; mocov3: 1; small: 0.75");

  static final Setting<Double> ENCODER_RATE =
      Setting.real("encoder-rate", 1)
          .range(0, 1e3)
          .describe(
              "factor on the encoder's learning rate; 0: the encoder stays as it is, running"
                  + " statistics and all")
          .source("ours");

  static final Setting<Optional<Double>> RAND_AUGMENT =
      Setting.real("rand-augment")
          .range(0, 10)
          .unset(PROTOCOLS)
          .describe(
              "strength of RandAugment's two changes of an image, before crops; 0: none, as for"
                  + " images of differing sizes where it is unset")
          .source("patchmix and mocov3: 9 (rand-m9-mstd0.5-inc1); small: 0");

  static final Setting<Optional<Double>> ERASING =
      Setting.real("erasing")
          .range(0, 1)
          .unset(PROTOCOLS)
          .describe("probability with which a box of an image becomes noise")
          .source("patchmix and mocov3: 0.25; small: 0");

  static final Setting<Optional<Double>> MIXUP =
      Setting.real("mixup")
          .range(0, 100)
          .unset(PROTOCOLS)
          .describe("a of Beta(a, a), from which the share of blended images is drawn; 0: never")
          .source("patchmix and mocov3: 0.8; small: 0");

  static final Setting<Optional<Double>> CUTMIX =
      Setting.real("cutmix")
          .range(0, 100)
          .unset(PROTOCOLS)
          .describe("a of Beta(a, a), from which the area that no box covers is drawn; 0: never")
          .source("patchmix and mocov3: 1; small: 0");

  static final Setting<Optional<Double>> SMOOTHING =
      Setting.real("smoothing")
          .range(0, 0.999)
          .unset(PROTOCOLS)
          .describe("probability that is spread over all classes")
          .source("patchmix and mocov3: 0.1; small: 0");

  static final List<Setting<?>> ALL =
      List.of(
          PROTOCOL,
          LABELLED,
          VIEW,
          EPOCHS,
          WARMUP,
          BATCH,
          RATE,
          DECAY,
          LAYER_DECAY,
          ENCODER_RATE,
          RAND_AUGMENT,
          ERASING,
          MIXUP,
          CUTMIX,
          SMOOTHING);

  /** The values of a recipe for images, before anything was given. */
  private static TuningSettings named(String protocol, TuningViews view) {
    return switch (protocol) {
      case "patchmix" ->
          new TuningSettings(
              protocol, 1, view, 100, 0, 10, 256, 5e-4, 1e-6, 0.05, 0.75, 1, 9, 0.25, 0.8, 1, 0.1);
      case "mocov3" ->
          new TuningSettings(
              protocol, 1, view, 150, 0, 5, 1024, 2.5e-4, 1e-5, 0.05, 1, 1, 9, 0.25, 0.8, 1, 0.1);
      case "small" ->
          new TuningSettings(
              protocol, 1, view, 20, 400, 2, 64, 4e-3, 0, 0.05, 0.75, 1, 0, 0, 0, 0, 0);
      default -> throw new IllegalArgumentException("no protocol '" + protocol + "'");
    };
  }

  static TuningSettings of(Settings s, Field image) {
    String view = s.get(VIEW);
    TuningSettings named =
        named(
            s.get(PROTOCOL),
            view.equals("auto")
                ? TuningViews.fitting(image)
                : TuningViews.valueOf(view.toUpperCase(Locale.ROOT)));
    return new TuningSettings(
        named.protocol,
        s.get(LABELLED),
        named.view,
        s.get(EPOCHS).orElse(named.epochs),
        s.get(EPOCHS).isPresent() ? 0 : named.fewest,
        s.get(WARMUP).orElse(named.warmup),
        s.get(BATCH).orElse(named.batch),
        s.get(RATE).orElse(named.rate),
        named.floor,
        s.get(DECAY).orElse(named.decay),
        s.get(LAYER_DECAY).orElse(named.layerDecay),
        s.get(ENCODER_RATE),
        randAugment(s, image, named.randAugment),
        s.get(ERASING).orElse(named.erasing),
        s.get(MIXUP).orElse(named.mixup),
        s.get(CUTMIX).orElse(named.cutmix),
        s.get(SMOOTHING).orElse(named.smoothing));
  }

  /** What is asked for, or what is usual for images that RandAugment can change. */
  private static double randAugment(Settings s, Field image, double usual) {
    boolean changeable = TuningViews.changeable(image);
    double strength = s.get(RAND_AUGMENT).orElse(changeable ? usual : 0);
    if (strength > 0 && !changeable) {
      throw new UserException(
          "rand-augment changes images of one size with one or three channels; these are "
              + image.shape()
              + ": leave it out, or make the images one size");
    }
    return strength;
  }

  /** RandAugment at the strength that is set. */
  RandAugment changes() {
    RandAugment usual = RandAugment.DEIT;
    return randAugment == 0
        ? RandAugment.NONE
        : new RandAugment(usual.changes(), randAugment, usual.deviation(), usual.probability());
  }

  /** Records a step of so many. */
  int batch(int records) {
    return Math.min(batch, records);
  }

  long steps(int records) {
    return Math.max(fewest, (long) epochs * (records / batch(records)));
  }

  /** The head's learning rate: from 0 to the peak, then a cosine to the floor. */
  Schedule schedule(int records) {
    long epoch = records / batch(records);
    double peak = peak(records);
    return Schedules.warmupCosine(
        peak, Math.min(floor, peak), Math.min(warmup, epochs) * epoch, steps(records));
  }

  private double peak(int records) {
    return rate * batch(records) / 256;
  }

  /** What scores depend on. */
  Map<String, String> shown(int records, int all, Mixing mixing) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("protocol", protocol);
    shown.put(
        "labelled",
        records == all
            ? "all " + all + " training records"
            : records + " of " + all + " training records, of each class alike, drawn by the seed");
    shown.put("view", view.words());
    shown.put("rand-augment", randAugment == 0 ? "none" : "2 of strength " + number(randAugment));
    shown.put("erasing", number(erasing));
    shown.put("mixing", mixing.shown());
    shown.put("smoothing", number(smoothing));
    shown.put("optimizer", "adamw (0.9, 0.999)");
    shown.put(
        "learning-rate",
        number(peak(records))
            + ", cosine to "
            + number(Math.min(floor, peak(records)))
            + " after "
            + warmup
            + " epochs of rise");
    shown.put(
        "encoder",
        encoderRate == 0
            ? "frozen"
            : "tuned at "
                + number(encoderRate)
                + " of the rate, layer decay "
                + number(layerDecay));
    shown.put("weight-decay", number(decay));
    shown.put("batch", Integer.toString(batch(records)));
    shown.put(
        "epochs", steps(records) / (records / batch(records)) + " (" + steps(records) + " steps)");
    shown.put("weights", "of the last epoch");
    return shown;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
