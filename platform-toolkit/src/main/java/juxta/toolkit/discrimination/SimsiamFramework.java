package juxta.toolkit.discrimination;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SimSiam (<a href="https://arxiv.org/abs/2011.10566">Chen and He 2020</a>), algorithm 1:
 * predictions p = h(f(x)) of one view are to meet the projection z = f(x) of the other, which gets
 * no gradient,
 *
 * <pre>L = -(mean cos(p1, sg z2) + mean cos(p2, sg z1)) / 2</pre>
 *
 * <p>The projection is part of what the paper calls f: linear, BN, ReLU, twice, then linear, BN
 * without affine parameters. The predictor's learning rate does not decay.
 */
public final class SimsiamFramework implements Framework {
  private static final String SOURCE = "SimSiam, section 3; facebookresearch/simsiam";

  /** Hidden width of the projection. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(0, SOURCE);

  /** Output width of the projection and of h. */
  public static final Setting<Integer> OUT = Widths.projectionOut(2048, SOURCE);

  /** Hidden width of h. */
  public static final Setting<Integer> PREDICTION = Widths.predictionHidden(512, SOURCE);

  /** Whether z gets no gradient. */
  public static final Setting<Boolean> STOP_GRADIENT =
      Setting.flag("stop-gradient", true)
          .describe("give z no gradient; with one all images become alike")
          .source("SimSiam, section 4.1");

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.05, 1e-4, 0, SOURCE);

  /** Creates the framework. */
  public SimsiamFramework() {}

  @Override
  public String id() {
    return "simsiam";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, PREDICTION, STOP_GRADIENT));
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
        "projection-hidden", "2048",
        "projection-out", "2048",
        "prediction-hidden", "512",
        "base-rate", "0.5",
        "weight-decay", "1e-5");
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(LEARNING_RATE, RECIPE.schedule(setup, length));
  }

  @Override
  public Objective objective(Setup setup, GraphScope scope, TwoViews views) {
    Settings s = setup.settings();
    int out = s.get(OUT);
    Branch f =
        Branch.online(
            setup, scope, (at, d) -> projection(at, d, Widths.orEncoders(s.get(HIDDEN), d), out));
    Head h =
        Head.from(scope.sub("prediction"), out)
            .linear(s.get(PREDICTION), false)
            .norm()
            .relu()
            .linear(out, true);

    Branch.Encoded first = f.apply(views.x1(), Pass.TRAINING);
    Branch.Encoded second = f.apply(views.x2(), Pass.TRAINING);
    Operand<TFloat32> z1 = first.projection(); // [B, out]
    Operand<TFloat32> z2 = second.projection();
    Operand<TFloat32> p1 = h.apply(z1, Pass.TRAINING); // [B, out]
    Operand<TFloat32> p2 = h.apply(z2, Pass.TRAINING);
    Ops tf = scope.tf();
    boolean stop = s.get(STOP_GRADIENT);
    Operand<TFloat32> met =
        tf.math.add(Regression.cosine(scope, p1, z2, stop), Regression.cosine(scope, p2, z1, stop));
    return new Objective(tf.math.mul(met, scope.constant(-0.5f)), first.feature());
  }

  private static Head projection(GraphScope at, int d, int hidden, int out) {
    return Head.from(at, d)
        .linear(hidden, false)
        .norm()
        .relu()
        .linear(hidden, false)
        .norm()
        .relu()
        .linear(out, false)
        .plainNorm();
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    String predictor = scope.sub("prediction").name();
    return RECIPE.build(setup.settings(), Group.below(predictor).constantRate(RECIPE.peak(setup)));
  }
}
