package juxta.plugin.rivals;

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
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.graph.Exact;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * VICReg (<a href="https://arxiv.org/abs/2105.04906">Bardes et al. 2022</a>), algorithm 1: outputs
 * for two views are alike (invariance), each output varies over the batch (variance), and no two
 * say the same (covariance).
 *
 * <pre>
 *   z = g(f(x))                                                     [B, D], for x1 and for x2
 *   s = mean of (z1 - z2)^2
 *   v(z) = mean over j of max(0, 1 - sqrt(var_j + 1e-4))
 *   c(z) = 1/D sum over i != j of cov_ij^2                          cov, var over B - 1
 *   L = lambda s + mu (v(z1) + v(z2)) / 2 + nu (c(z1) + c(z2))
 * </pre>
 *
 * <p>The paper sums the squares of a row where the code takes their mean, and does not halve v;
 * this is the code.
 */
public final class Vicreg implements PairwiseMethod {
  private static final String SOURCE = "VICReg, section 4.2; facebookresearch/vicreg";

  /** Added to variances. */
  private static final float EPSILON = 1e-4f;

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(8192, SOURCE);

  /** D. */
  public static final Setting<Integer> OUT = Widths.projectionOut(8192, SOURCE);

  /** lambda. */
  public static final Setting<Double> INVARIANCE = weight("invariance", 25, "lambda");

  /** mu. */
  public static final Setting<Double> VARIANCE = weight("variance", 25, "mu");

  /** nu. */
  public static final Setting<Double> COVARIANCE = weight("covariance", 1, "nu");

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("lars", 0.2, 1e-6, 10, SOURCE).endingAt(0.001);

  /** For the ServiceLoader. */
  public Vicreg() {}

  private static Setting<Double> weight(String term, double value, String symbol) {
    return Setting.real(term + "-weight", value)
        .range(0, 1e6)
        .describe(symbol + ", weight of the " + term + " term")
        .source(SOURCE);
  }

  @Override
  public String id() {
    return "vicreg";
  }

  @Override
  public String summary() {
    return "outputs for two views are alike, each of them varies, and no two say the same";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Bardes, Ponce, LeCun",
            "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning",
            2022,
            "https://arxiv.org/abs/2105.04906"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, INVARIANCE, VARIANCE, COVARIANCE));
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  /** For images as small as CIFAR's solo-learn's recipe, which does not halve v. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>(Recipes.byolViews(data));
    if (tiny || name.equals(SMALL)) {
      preset.put("augmentation.crop-min", "0.2");
      preset.put("augmentation.solarize", "0.1");
      preset.put("augmentation.solarize-second", "0.1");
      preset.put("variance-weight", "50");
      preset.put("projection-hidden", "2048");
      preset.put("projection-out", "2048");
      preset.put("optimizer", "lars-clipped");
      preset.put("base-rate", "0.3");
      preset.put("weight-decay", "1e-4");
    }
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "512");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("epochs", "1000");
    preset.put("batch", tiny ? "256" : "2048");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public void check(Setup setup) {
    Recipes.company(setup, "one image alone has no variance");
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(LEARNING_RATE, RECIPE.schedule(setup, length));
  }

  /** f, g and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    Branch fg = Branch.online(setup, scope, (at, d) -> expander(at, d, s.get(HIDDEN), s.get(OUT)));
    Branch.Encoded first = fg.apply(x.x1(), Pass.TRAINING);
    Branch.Encoded second = fg.apply(x.x2(), Pass.TRAINING);
    Terms l = Terms.of(scope, setup.batch(), s.get(OUT), first.projection(), second.projection());
    return Step.of(l.sum(scope, s))
        .with("invariance", l.invariance())
        .with("variance", l.variance())
        .with("covariance", l.covariance())
        .with(Step.EMBEDDING, first.feature());
  }

  /** g: linear, BN, ReLU, linear, BN, ReLU, linear without bias. */
  private static Head expander(GraphScope at, int d, int hidden, int out) {
    return Head.from(at, d)
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(out, false);
  }

  /**
   * The terms of the loss, without their weights.
   *
   * @param invariance s
   * @param variance (v(z1) + v(z2)) / 2
   * @param covariance c(z1) + c(z2)
   */
  record Terms(
      Operand<TFloat32> invariance, Operand<TFloat32> variance, Operand<TFloat32> covariance) {
    /** Of the outputs for two views, [B, D] each. */
    static Terms of(GraphScope scope, int b, int d, Operand<TFloat32> g1, Operand<TFloat32> g2) {
      Ops tf = scope.tf();
      Operand<TFloat32> z1 = Exact.fence(scope, g1);
      Operand<TFloat32> z2 = Exact.fence(scope, g2);
      Operand<TFloat32> c1 = Columns.centred(scope, z1); // [B, D]
      Operand<TFloat32> c2 = Columns.centred(scope, z2);
      return new Terms(
          tf.math.mean(tf.math.squaredDifference(z1, z2), scope.ints(0, 1)),
          tf.math.mul(scope.constant(0.5f), tf.math.add(hinge(scope, b, c1), hinge(scope, b, c2))),
          tf.math.add(covariance(scope, b, d, c1), covariance(scope, b, d, c2)));
    }

    /** v. */
    private static Operand<TFloat32> hinge(GraphScope scope, int b, Operand<TFloat32> centred) {
      Ops tf = scope.tf();
      Operand<TFloat32> variance = // [D]
          tf.math.div(tf.reduceSum(tf.math.square(centred), scope.ints(0)), scope.constant(b - 1));
      Operand<TFloat32> deviation = tf.math.sqrt(tf.math.add(variance, scope.constant(EPSILON)));
      return tf.math.mean(tf.nn.relu(tf.math.sub(scope.constant(1), deviation)), scope.ints(0));
    }

    /** c. */
    private static Operand<TFloat32> covariance(
        GraphScope scope, int b, int d, Operand<TFloat32> centred) {
      Ops tf = scope.tf();
      Operand<TFloat32> cov = // [D, D]
          tf.math.div(
              Exact.matMul(scope, centred, centred, MatMul.transposeA(true)),
              scope.constant(b - 1));
      return tf.math.div(Columns.offDiagonal(scope, cov), scope.constant(d));
    }

    /** L. */
    Operand<TFloat32> sum(GraphScope scope, Settings s) {
      Ops tf = scope.tf();
      return tf.math.add(
          tf.math.add(
              tf.math.mul(scope.constant(s.get(INVARIANCE).floatValue()), invariance),
              tf.math.mul(scope.constant(s.get(VARIANCE).floatValue()), variance)),
          tf.math.mul(scope.constant(s.get(COVARIANCE).floatValue()), covariance));
    }
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
