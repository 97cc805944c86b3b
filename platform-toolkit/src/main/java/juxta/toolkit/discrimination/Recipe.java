package juxta.toolkit.discrimination;

import java.util.List;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.optim.AdamW;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Lars;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.Sgd;
import juxta.toolkit.optim.WeightDecay;

/**
 * How a method is optimised: the optimiser, its rate for a batch of 256 with a linear warm-up and a
 * cosine to 0, and the weight decay.
 *
 * @param optimizer which optimiser
 * @param rate learning rate for a batch of 256; multiplied by batch / 256
 * @param decay weight decay
 * @param warmup epochs of linear warm-up
 * @param sparing whether biases and normalisation are spared from weight decay by SGD and AdamW,
 *     too, as they always are by LARS
 */
public record Recipe(
    Setting<String> optimizer,
    Setting<Double> rate,
    Setting<Double> decay,
    Setting<Double> warmup,
    boolean sparing) {
  private static final Setting<String> OPTIMIZER =
      Setting.choice("optimizer", "lars", "lars", "lars-clipped", "sgd", "adamw")
          .describe(
              "optimiser; lars-clipped is that of solo-learn's recipes for small images, trust 0.02"
                  + " and factor at most 1");

  private static final Setting<Double> RATE =
      Setting.real("base-rate", 0)
          .range(0, 1000)
          .describe("learning rate for a batch of 256; multiplied by batch / 256");

  private static final Setting<Double> DECAY =
      Setting.real("weight-decay", 0).range(0, 10).describe("weight decay");

  private static final Setting<Double> WARMUP =
      Setting.real("warmup-epochs", 0)
          .range(0, 1e6)
          .describe("epochs of linear warm-up, then cosine to 0");

  /**
   * A recipe with these defaults. All parameters decay, except with LARS.
   *
   * @param optimizer {@code lars}, {@code lars-clipped}, {@code sgd} or {@code adamw}
   * @param rate learning rate for a batch of 256
   * @param decay weight decay
   * @param warmup epochs of warm-up
   * @param source where the four come from
   * @return the recipe
   */
  public static Recipe of(
      String optimizer, double rate, double decay, double warmup, String source) {
    return new Recipe(
        OPTIMIZER.defaultsTo(optimizer).source(source),
        RATE.defaultsTo(rate).source(source),
        DECAY.defaultsTo(decay).source(source),
        WARMUP.defaultsTo(warmup).source(source),
        false);
  }

  /**
   * The same recipe without weight decay on biases and normalisation.
   *
   * @return a new recipe
   */
  public Recipe sparingBiases() {
    return new Recipe(optimizer, rate, decay, warmup, true);
  }

  /**
   * The settings.
   *
   * @return optimiser, rate, decay, warm-up
   */
  public List<Setting<?>> settings() {
    return List.of(optimizer, rate, decay, warmup);
  }

  /**
   * The rate at this batch, without warm-up and cosine.
   *
   * @param setup the run
   * @return the rate for a batch of 256 times batch / 256
   */
  public double peak(Setup setup) {
    return setup.settings().get(rate) * setup.batch() / 256;
  }

  /**
   * The schedule of the learning rate.
   *
   * @param setup the run
   * @param length of the training
   * @return warm-up, then cosine to 0
   */
  public Schedule schedule(Setup setup, Length length) {
    long line = length.first(setup.settings().get(warmup));
    return Schedules.warmupCosine(peak(setup), 0, line, Math.max(1, length.steps()));
  }

  /**
   * The optimiser.
   *
   * @param settings the method's settings
   * @param groups parameters that are treated differently
   * @return the optimiser
   */
  public Optimizer build(Settings settings, Group... groups) {
    WeightDecay some = WeightDecay.of(settings.get(decay));
    WeightDecay all = sparing ? some : some.everywhere();
    return switch (settings.get(optimizer)) {
      case "lars" -> Lars.mocoV3(some).groups(groups);
      case "lars-clipped" -> Lars.soloLearn(some).groups(groups);
      case "sgd" -> Sgd.of(0.9).decay(all).groups(groups);
      default -> AdamW.of(all).groups(groups);
    };
  }
}
