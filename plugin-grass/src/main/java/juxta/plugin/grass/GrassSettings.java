package juxta.plugin.grass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.Parameter;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.model.Presets;
import juxta.toolkit.optim.Lars;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.WeightDecay;

/** The settings of GraSS and its presets; defaults are those of GeoX-Lab/GraSS. */
final class GrassSettings {
  private static final String YAML = "GeoX-Lab/GraSS, grass_1gpu_resnet_b256.yaml";

  /** The preset for small machines with maps as large as the paper's. */
  static final String POINTING = "pointing";

  /**
   * Views of the preset {@link #POINTING}: a map of resnet-small is eight times smaller, so 7 x 7
   * as of the paper's 224 pixels and ResNet-50. Of views of 24 pixels it is 3 x 3, and a cell a
   * third of the view.
   */
  private static final String POINTING_SIDE = "56";

  /** Place of the projector's parameters. */
  static final String PROJECTION = "projection";

  /** Share of the warm-up. */
  static final Setting<Double> DISCRIMINATION =
      Setting.real("discrimination-share", 0.4)
          .range(0, 1)
          .describe("share of the epochs that are plain instance discrimination, before guidance")
          .source("own choice: 140 of 350 epochs, where the released rate is lowest first");

  /** r. */
  static final Setting<Double> THRESHOLD =
      Setting.real("threshold", 0.5)
          .range(0, 1)
          .describe(
              "r, where between least and greatest attention the threshold lies: the greater, the"
                  + " smaller the crops (the pictures thresholds-epoch-N.png among a run's artefacts"
                  + " show it); 1: SimCLR")
          .source("GeoX-Lab/GraSS, GraSS_train_step.py, control_ratio");

  /** Whether the projector has a hidden layer worth the name. */
  static final Setting<Boolean> RELU =
      Setting.flag("projection-relu", true)
          .describe("ReLU between the projector's layers; false: none, as in the released code")
          .source("own choice: the released configuration asks for it, its code leaves it out");

  /** Hidden width of the projector. */
  static final Setting<Optional<Integer>> HIDDEN = Widths.projectionHidden(YAML + ": 2048");

  /** Output width of the projector. */
  static final Setting<Integer> OUT = Widths.projectionOut(128, YAML);

  /** Which learning rate. */
  static final Setting<String> SCHEDULE =
      Setting.choice("schedule", "released", "released", "cosine")
          .describe(
              "released: 0.6 to 4.8, then a cosine that restarts, whatever the batch; cosine:"
                  + " base-rate times batch / 256 with warmup-epochs")
          .source(YAML + "; cosine: own choice, for short runs");

  /** Which optimiser. */
  static final Setting<String> OPTIMIZER =
      Setting.choice("optimizer", "larc", "larc", "lars", "lars-clipped", "sgd", "adamw")
          .describe("optimiser; larc: SGD with momentum, each layer's rate scaled, trust 0.001")
          .source(YAML);

  private static final Recipe USUAL =
      Recipe.of("lars", 0.3, 1e-6, 10, "own choice, for short runs").sparingBiases();

  /** The rate and warm-up of the schedule {@code cosine}, weight decay, and usual optimisers. */
  static final Recipe RECIPE =
      new Recipe(
          OPTIMIZER,
          USUAL
              .rate()
              .describe(
                  "with schedule=cosine: learning rate for a batch of 256; times batch / 256"),
          USUAL.decay().source(YAML),
          USUAL.warmup().describe("with schedule=cosine: epochs of linear warm-up"),
          USUAL.sparing());

  /** How often a sheet of pictures is left. */
  static final Setting<Integer> PICTURES =
      Setting.integer("picture-epochs", 5)
          .range(0, 1_000_000)
          .describe(
              "guided epochs between pictures of maps, crops and thresholds in artefacts; 0: none")
          .source("own choice");

  /** All, in the order in which they are shown. */
  static final List<Setting<?>> ALL =
      List.of(
          DISCRIMINATION,
          THRESHOLD,
          RELU,
          HIDDEN,
          OUT,
          SCHEDULE,
          OPTIMIZER,
          RECIPE.rate(),
          RECIPE.warmup(),
          RECIPE.decay(),
          PICTURES);

  private GrassSettings() {}

  /** The learning rate of the whole training, both phases together. */
  static Schedule rate(Setup setup, Length length) {
    return setup.settings().get(SCHEDULE).equals("released")
        ? Rates.released(length.steps())
        : RECIPE.schedule(setup, length);
  }

  /** The optimiser. LARC decays the projector's biases, too, but not batch normalisation. */
  static Optimizer optimizer(Settings settings) {
    if (settings.get(OPTIMIZER).equals("larc")) {
      return Lars.larc(WeightDecay.of(settings.get(RECIPE.decay())).on(GrassSettings::decays));
    }
    return RECIPE.build(settings);
  }

  /** Convolutions before batch normalisation have no biases: the only ones are the projector's. */
  static boolean decays(Parameter<?> parameter) {
    return parameter.shape().size() > 1 || parameter.name().startsWith(PROJECTION + ".");
  }

  /** Values of a preset. */
  static Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= 64;
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "0.5");
    preset.put("augmentation", tiny ? "simclr-cifar" : "simclr");
    if (!name.equals(Method.PAPER)) {
      small(preset, data, tiny);
      if (name.equals(POINTING)) {
        preset.put("augmentation.size", POINTING_SIDE);
      }
      return preset;
    }
    preset.put("encoder", tiny ? "resnet18" : "resnet50");
    if (tiny) {
      preset.put("encoder.stem", "cifar");
    } else { // torchvision's transforms
      preset.put("augmentation.normalisation", "imagenet");
      preset.put("augmentation.sampling", "bilinear");
      preset.put("augmentation.blur-kernel", "0");
    }
    preset.put("epochs", "350");
    preset.put("batch", "256");
    return preset;
  }

  private static void small(Map<String, String> preset, DataSummary data, boolean tiny) {
    preset.put("encoder", "resnet-small");
    preset.put("loss.temperature", "0.2");
    preset.put("projection-hidden", "256");
    preset.put("schedule", "cosine");
    preset.put("optimizer", "adamw");
    preset.put("base-rate", "4e-3");
    preset.put("weight-decay", "0.01");
    preset.put("warmup-epochs", "1");
    preset.put("augmentation.crop-min", "0.2"); // short runs learn little from tiny crops
    if (tiny) {
      preset.put("augmentation.size", Presets.smallViews(data));
    }
    preset.put("epochs", Presets.smallEpochs(data));
    preset.put("batch", Presets.smallBatch(data));
    preset.put("precision", "auto");
  }
}
