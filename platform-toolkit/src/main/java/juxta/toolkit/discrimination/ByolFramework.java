package juxta.toolkit.discrimination;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * BYOL (<a href="https://arxiv.org/abs/2006.07733">Grill et al. 2020</a>): predictions p =
 * q(g(f(x))) of one view are to meet targets z' = g_m(f_m(x)) of the other,
 *
 * <pre>L = mean(2 - 2 cos(p1, sg z2')) + mean(2 - 2 cos(p2, sg z1'))</pre>
 *
 * <p>Both heads are linear, BN, ReLU, linear; f_m, g_m average f, g.
 */
public final class ByolFramework implements Framework {
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

  /** Momentum of f_m, g_m. */
  public static final Momentum AVERAGE = Momentum.of(0.996, 1, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("lars", 0.2, 1.5e-6, 10, SOURCE + ", 1000 epochs");

  /** Creates the framework. */
  public ByolFramework() {}

  @Override
  public String id() {
    return "byol";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, PREDICTION, PREDICTOR));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public boolean usesLoss() {
    return false;
  }

  /** Those of solo-learn's recipe for CIFAR. */
  @Override
  public Map<String, String> smallScale() {
    return Map.of(
        "projection-hidden", "4096",
        "projection-out", "256",
        "prediction-hidden", "4096",
        "momentum-base", "0.99",
        "momentum-end", "1",
        "optimizer", "lars-clipped",
        "base-rate", "1.0",
        "weight-decay", "1e-5");
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

  @Override
  public Objective objective(Setup setup, GraphScope scope, TwoViews views) {
    Settings s = setup.settings();
    int out = s.get(OUT);
    Branch.Projection g = (at, d) -> mlp(at, d, Widths.orEncoders(s.get(HIDDEN), d), out);
    Branch online = Branch.online(setup, scope, g); // f, g
    Head q =
        s.get(PREDICTOR)
            ? mlp(scope.sub("prediction"), out, s.get(PREDICTION), out)
            : Head.from(scope, out);
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m

    Branch.Encoded first = online.apply(views.x1(), Pass.TRAINING);
    Branch.Encoded second = online.apply(views.x2(), Pass.TRAINING);
    Operand<TFloat32> p1 = q.apply(first.projection(), Pass.TRAINING); // [B, out]
    Operand<TFloat32> p2 = q.apply(second.projection(), Pass.TRAINING);
    Operand<TFloat32> z1 = target.apply(views.x1(), Pass.TARGET).projection(); // [B, out]
    Operand<TFloat32> z2 = target.apply(views.x2(), Pass.TARGET).projection();
    Operand<TFloat32> loss =
        scope.tf().math.add(Regression.distance(scope, p1, z2), Regression.distance(scope, p2, z1));
    return new Objective(loss, first.feature());
  }

  private static Head mlp(GraphScope at, int in, int hidden, int out) {
    return Head.from(at, in).linear(hidden, true).norm().relu().linear(out, false);
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
