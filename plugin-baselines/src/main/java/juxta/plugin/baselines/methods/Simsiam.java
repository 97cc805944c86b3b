package juxta.plugin.baselines.methods;

import static juxta.api.TrainingPhase.LEARNING_RATE;

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
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SimSiam (<a href="https://arxiv.org/abs/2011.10566">Chen and He 2020</a>), algorithm 1: a network
 * predicts what it makes of the other view itself; stopping the gradient at the target is what
 * keeps it from collapsing.
 *
 * <pre>
 *   z = f(x),  p = h(z)                                            [B, out], for x1 and for x2
 *   L = -(mean cos(p1, sg z2) + mean cos(p2, sg z1)) / 2
 * </pre>
 *
 * <p>What the paper calls f is the encoder and the projection here. The learning rate of h does not
 * decay.
 */
public final class Simsiam implements PairwiseMethod {
  private static final String SOURCE = "SimSiam, section 3; facebookresearch/simsiam";

  /** Hidden width of the projection. */
  public static final Setting<Optional<Integer>> HIDDEN = Widths.projectionHidden(SOURCE);

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

  /** For the ServiceLoader. */
  public Simsiam() {}

  @Override
  public String id() {
    return "simsiam";
  }

  @Override
  public String summary() {
    return "predicts its own output for the other view, whose gradient is stopped";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, He",
            "Exploring Simple Siamese Representation Learning",
            2020,
            "https://arxiv.org/abs/2011.10566"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, PREDICTION, STOP_GRADIENT));
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  /** solo-learn's recipe for images as small as CIFAR's, the paper's otherwise. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    boolean small = name.equals(SMALL);
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", tiny ? "cifar" : "mocov2");
    if (tiny) {
      preset.put("augmentation.crop-min", "0.2");
    }
    if (tiny || small) {
      preset.put("base-rate", "0.5");
      preset.put("weight-decay", "1e-5");
    }
    if (small) {
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "512");
      preset.put("prediction-hidden", "128");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    if (tiny) {
      preset.put("projection-hidden", "2048");
      preset.put("projection-out", "2048");
      preset.put("prediction-hidden", "512");
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("encoder.zero-init", "true");
    preset.put("epochs", tiny ? "1000" : "100");
    preset.put("batch", tiny ? "256" : "512");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(LEARNING_RATE, RECIPE.schedule(setup, length));
  }

  /** f, h and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    int out = s.get(OUT);
    Branch f =
        Branch.online(setup, scope, (at, d) -> projection(at, d, s.get(HIDDEN).orElse(d), out));
    Head h = // linear, BN, ReLU, linear
        Head.from(scope.sub("prediction"), out)
            .linear(s.get(PREDICTION), false)
            .norm()
            .relu()
            .linear(out, true);

    Branch.Encoded first = f.apply(x.x1(), Pass.TRAINING);
    Branch.Encoded second = f.apply(x.x2(), Pass.TRAINING);
    Operand<TFloat32> z1 = first.projection(); // [B, out]
    Operand<TFloat32> z2 = second.projection();
    Operand<TFloat32> p1 = h.apply(z1, Pass.TRAINING); // [B, out]
    Operand<TFloat32> p2 = h.apply(z2, Pass.TRAINING);
    Ops tf = scope.tf();
    boolean stop = s.get(STOP_GRADIENT);
    Operand<TFloat32> met = tf.math.add(alike(scope, p1, z2, stop), alike(scope, p2, z1, stop));
    Operand<TFloat32> loss = tf.math.mul(met, scope.constant(-0.5f));
    return Step.of(loss).with(Step.EMBEDDING, first.feature());
  }

  /** Linear, BN, ReLU, twice; linear, BN without affine parameters. */
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

  /** mean cos(p, sg z), in [-1, 1]. */
  static Operand<TFloat32> alike(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> z, boolean stop) {
    Ops tf = scope.tf();
    Operand<TFloat32> target = stop ? tf.stopGradient(z) : z;
    return tf.math.mean(Similarity.paired(scope, p, target), scope.ints(0));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    String predictor = scope.sub("prediction").name();
    return RECIPE.build(setup.settings(), Group.below(predictor).constantRate(RECIPE.peak(setup)));
  }
}
