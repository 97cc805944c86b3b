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
 * cosine, from 0 to 0 unless told otherwise, and the weight decay.
 *
 * @param optimizer which optimiser
 * @param rate learning rate for a batch of 256; multiplied by batch / 256
 * @param decay weight decay
 * @param warmup epochs of linear warm-up
 * @param sparing whether biases and normalisation are spared from weight decay by SGD and AdamW,
 *     too, as they always are by LARS
 * @param first rate at the start of the warm-up, as a share of the rate
 * @param last rate at the end of the cosine, as a share of the rate
 */
public record Recipe(
    Setting<String> optimizer,
    Setting<Double> rate,
    Setting<Double> decay,
    Setting<Double> warmup,
    boolean sparing,
    double first,
    double last) {
  private static final Setting<String> OPTIMIZER =
      Setting.choice("optimizer", "lars", "lars", "lars-clipped", "larc", "sgd", "adamw")
          .describe(
              "optimiser; lars-clipped is that of solo-learn's recipes for small images, trust 0.02"
                  + " and factor at most 1; larc is Apex's, which scales biases too");

  private static final Setting<Double> RATE =
      Setting.real("base-rate", 0)
          .range(0, 1000)
          .describe("learning rate for a batch of 256; multiplied by batch / 256");

  private static final Setting<Double> DECAY =
      Setting.real("weight-decay", 0).range(0, 10).describe("weight decay");

  private static final Setting<Double> WARMUP =
      Setting.real("warmup-epochs", 0)
          .range(0, 1e6)
          .describe("epochs of linear warm-up, then cosine");

  /**
   * A recipe whose rate starts and ends at 0.
   *
   * @param optimizer see the record
   * @param rate see the record
   * @param decay see the record
   * @param warmup see the record
   * @param sparing see the record
   */
  public Recipe(
      Setting<String> optimizer,
      Setting<Double> rate,
      Setting<Double> decay,
      Setting<Double> warmup,
      boolean sparing) {
    this(optimizer, rate, decay, warmup, sparing, 0, 0);
  }

  /**
   * A recipe with these defaults. All parameters decay, except with LARS.
   *
   * @param optimizer {@code lars}, {@code lars-clipped}, {@code larc}, {@code sgd} or {@code adamw}
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
    return new Recipe(optimizer, rate, decay, warmup, true, first, last);
  }

  /**
   * The same recipe with a warm-up that does not start at 0.
   *
   * @param share of the rate, in [0, 1]
   * @return a new recipe
   */
  public Recipe startingAt(double share) {
    return new Recipe(optimizer, rate, decay, warmup, sparing, share, last);
  }

  /**
   * The same recipe with a cosine that does not end at 0.
   *
   * @param share of the rate, in [0, 1]
   * @return a new recipe
   */
  public Recipe endingAt(double share) {
    return new Recipe(optimizer, rate, decay, warmup, sparing, first, share);
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
   * @return warm-up, then cosine
   */
  public Schedule schedule(Setup setup, Length length) {
    long line = length.first(setup.settings().get(warmup));
    long all = Math.max(1, length.steps());
    double peak = peak(setup);
    return Schedules.piecewise(
        new Schedules.Piece(line, Schedules.linear(first * peak, peak, line)),
        new Schedules.Piece(
            Math.max(0, all - line), Schedules.cosine(peak, last * peak, all - line)));
  }

  /**
   * The optimiser.
   *
   * @param settings the method's settings
   * @param groups parameters that are treated differently
   * @return the optimiser
   */
  public Optimizer build(Settings settings, Group... groups) {
    return build(settings, WeightDecay.of(settings.get(decay)), groups);
  }

  /**
   * The optimiser with a weight decay of its own, such as one that follows a schedule.
   *
   * @param settings the method's settings
   * @param some weight decay of tensors of two axes or more
   * @param groups parameters that are treated differently
   * @return the optimiser
   */
  public Optimizer build(Settings settings, WeightDecay some, Group... groups) {
    WeightDecay all = sparing ? some : some.everywhere();
    return switch (settings.get(optimizer)) {
      case "lars" -> Lars.mocoV3(some).groups(groups);
      case "lars-clipped" -> Lars.soloLearn(some).groups(groups);
      case "larc" -> Lars.larc(all).groups(groups);
      case "sgd" -> Sgd.of(0.9).decay(all).groups(groups);
      default -> AdamW.of(all).groups(groups);
    };
  }
}
