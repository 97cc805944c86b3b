package juxta.plugin.baselines.methods;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Momentum;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * BYOL (<a href="https://arxiv.org/abs/2006.07733">Grill et al. 2020</a>): the trained network
 * predicts what its own average makes of the other view; there are no negatives.
 *
 * <pre>
 *   p = q(g(f(x))),  z' = g_m(f_m(x))                              [B, out], for x1 and for x2
 *   L = mean(2 - 2 cos(p1, sg z2')) + mean(2 - 2 cos(p2, sg z1'))
 *   theta_m = m theta_m + (1 - m) theta                            after the optimiser's update
 * </pre>
 */
public final class Byol implements PairwiseMethod {
  private static final String SOURCE = "BYOL, section 3.3; deepmind-research/byol";

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(4096, SOURCE);

  /** Output width of g and of q. */
  public static final Setting<Integer> OUT = Widths.projectionOut(256, SOURCE);

  /** Hidden width of q. */
  public static final Setting<Integer> PREDICTION = Widths.predictionHidden(4096, SOURCE);

  /** Whether there is q. */
  public static final Setting<Boolean> PREDICTOR =
      Setting.flag("predictor", true)
          .describe("predict the target's projection; without it (p = z) all images become alike")
          .source("BYOL, table 5b");

  /** m. */
  public static final Momentum AVERAGE = Momentum.of(0.996, 1, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("lars", 0.2, 1.5e-6, 10, SOURCE + ", 1000 epochs");

  /** solo-learn's recipe for CIFAR. */
  private static final Map<String, String> CIFAR =
      Map.of(
          "projection-hidden", "4096",
          "projection-out", "256",
          "prediction-hidden", "4096",
          "momentum-base", "0.99",
          "momentum-end", "1",
          "optimizer", "lars-clipped",
          "base-rate", "1.0",
          "weight-decay", "1e-5");

  /** For the ServiceLoader. */
  public Byol() {}

  @Override
  public String id() {
    return "byol";
  }

  @Override
  public String summary() {
    return "predicts what an average of the network makes of the other view, without negatives";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Grill et al.",
            "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning",
            2020,
            "https://arxiv.org/abs/2006.07733"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, PREDICTION, PREDICTOR));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>(Recipes.byolViews(data));
    if (name.equals(SMALL)) {
      preset.putAll(CIFAR);
      preset.put("projection-hidden", "1024");
      preset.put("prediction-hidden", "1024");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("epochs", "1000");
    preset.put("batch", "4096");
    if (Recipes.tiny(data)) {
      preset.putAll(CIFAR);
      preset.put("batch", "256");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  /**
   * The reference follows after the optimiser's update, with the momentum of the step that ends;
   * here the same average is taken when the next step begins.
   */
  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    Schedule m = AVERAGE.schedule(setup, length);
    return Map.of(
        LEARNING_RATE,
        RECIPE.schedule(setup, length),
        MOMENTUM,
        (step, history) -> m.at(Math.max(0, step - 1), history));
  }

  /** f, g, q, f_m, g_m and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    int out = s.get(OUT);
    Branch.Projection g = (at, d) -> mlp(at, d, s.get(HIDDEN), out);
    Branch online = Branch.online(setup, scope, g); // f, g
    Head q =
        s.get(PREDICTOR)
            ? mlp(scope.sub("prediction"), out, s.get(PREDICTION), out)
            : Head.from(scope, out);
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m

    Branch.Encoded first = online.apply(x.x1(), Pass.TRAINING);
    Branch.Encoded second = online.apply(x.x2(), Pass.TRAINING);
    Operand<TFloat32> p1 = q.apply(first.projection(), Pass.TRAINING); // [B, out]
    Operand<TFloat32> p2 = q.apply(second.projection(), Pass.TRAINING);
    Operand<TFloat32> z1 = target.apply(x.x1(), Pass.TARGET).projection(); // [B, out]
    Operand<TFloat32> z2 = target.apply(x.x2(), Pass.TARGET).projection();
    Operand<TFloat32> loss =
        scope.tf().math.add(regression(scope, p1, z2), regression(scope, p2, z1));
    return Step.of(loss).with(Step.EMBEDDING, first.feature());
  }

  /** g and q: linear, BN, ReLU, linear. */
  private static Head mlp(GraphScope at, int in, int hidden, int out) {
    return Head.from(at, in).linear(hidden, true).norm().relu().linear(out, false);
  }

  /** Equation 2: mean |unit(p) - sg unit(z')|^2 = mean(2 - 2 cos(p, sg z')), in [0, 4]. */
  static Operand<TFloat32> regression(GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    Operand<TFloat32> cosines = Similarity.paired(scope, p, tf.stopGradient(z)); // [B]
    Operand<TFloat32> mean = tf.math.mean(cosines, scope.ints(0));
    return tf.math.sub(scope.constant(2), tf.math.mul(scope.constant(2), mean));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
