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
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Barlow Twins (<a href="https://arxiv.org/abs/2103.03230">Zbontar et al. 2021</a>), algorithm 1:
 * the correlations, over the batch, between the outputs for two views are to be the identity
 * matrix.
 *
 * <pre>
 *   z = g(f(x))                                         [B, D], for x1 and for x2
 *   a, b = columns of z1, z2 with mean 0, variance 1    [B, D]
 *   C = a^T b / B                                       [D, D]
 *   L = sum over i of (1 - C_ii)^2 + lambda sum over i != j of C_ij^2
 * </pre>
 */
public final class BarlowTwins implements PairwiseMethod {
  private static final String SOURCE = "Barlow Twins, section 2.2; facebookresearch/barlowtwins";

  /** Added to variances. */
  private static final float EPSILON = 1e-5f;

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(8192, SOURCE);

  /** D. */
  public static final Setting<Integer> OUT = Widths.projectionOut(8192, SOURCE);

  /** lambda. */
  public static final Setting<Double> LAMBDA =
      Setting.real("redundancy-weight", 0.0051)
          .range(0, 1e6)
          .describe("lambda, weight of the correlations between different outputs")
          .source(SOURCE);

  /** Factor on the loss. */
  public static final Setting<Double> SCALE =
      Setting.real("loss-scale", 1)
          .range(0, 1e6)
          .describe("factor on the loss")
          .source(SOURCE + "; solo-learn's recipe for CIFAR has 0.1");

  /** Factor on the rate of vectors. */
  public static final Setting<Double> VECTORS =
      Setting.real("bias-rate-factor", 0.024)
          .range(0, 1e6)
          .describe("factor on the learning rate of biases and normalisation")
          .source(SOURCE + ": 0.0048 beside 0.2");

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("lars", 0.2, 1e-6, 10, SOURCE).endingAt(0.001);

  /** For the ServiceLoader. */
  public BarlowTwins() {}

  @Override
  public String id() {
    return "barlow-twins";
  }

  @Override
  public String summary() {
    return "the correlations between the outputs for two views become the identity matrix";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Zbontar, Jing, Misra, LeCun, Deny",
            "Barlow Twins: Self-Supervised Learning via Redundancy Reduction",
            2021,
            "https://arxiv.org/abs/2103.03230"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, LAMBDA, SCALE, VECTORS));
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  /** For images as small as CIFAR's solo-learn's recipe. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>(Recipes.byolViews(data));
    if (tiny || name.equals(SMALL)) {
      preset.put("projection-hidden", "2048");
      preset.put("projection-out", "2048");
      preset.put("optimizer", "lars-clipped");
      preset.put("base-rate", "0.3");
      preset.put("weight-decay", "1e-4");
      preset.put("loss-scale", "0.1");
      preset.put("bias-rate-factor", "1");
    }
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "512");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    if (!tiny) {
      preset.put("encoder.zero-init", "true");
    }
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
    Ops tf = scope.tf();
    Branch fg =
        Branch.online(setup, scope, (at, d) -> projection(at, d, s.get(HIDDEN), s.get(OUT)));
    Branch.Encoded first = fg.apply(x.x1(), Pass.TRAINING);
    Branch.Encoded second = fg.apply(x.x2(), Pass.TRAINING);
    Terms l = Terms.of(scope, setup.batch(), first.projection(), second.projection());
    Operand<TFloat32> loss =
        tf.math.mul(scope.constant(s.get(SCALE).floatValue()), l.sum(scope, s.get(LAMBDA)));
    return Step.of(loss)
        .with("on-diagonal", l.onDiagonal())
        .with("off-diagonal", l.offDiagonal())
        .with(Step.EMBEDDING, first.feature());
  }

  /** g: linear, BN, ReLU, linear, BN, ReLU, linear, without biases. */
  private static Head projection(GraphScope at, int d, int hidden, int out) {
    return Head.from(at, d)
        .linear(hidden, false)
        .norm()
        .relu()
        .linear(hidden, false)
        .norm()
        .relu()
        .linear(out, false);
  }

  /**
   * The two sums of the loss.
   *
   * @param correlation C, [D, D]
   * @param onDiagonal sum over i of (1 - C_ii)^2
   * @param offDiagonal sum over i != j of C_ij^2
   */
  record Terms(
      Operand<TFloat32> correlation, Operand<TFloat32> onDiagonal, Operand<TFloat32> offDiagonal) {
    /** Of the outputs for two views, [B, D] each. */
    static Terms of(GraphScope scope, int batch, Operand<TFloat32> z1, Operand<TFloat32> z2) {
      Ops tf = scope.tf();
      Operand<TFloat32> a = standardised(scope, z1); // [B, D]
      Operand<TFloat32> b = standardised(scope, z2);
      Operand<TFloat32> n = scope.constant(batch);
      Operand<TFloat32> c = // [D, D]
          tf.math.div(Exact.matMul(scope, a, b, MatMul.transposeA(true)), n);
      Operand<TFloat32> diagonal = // [D]
          tf.math.div(tf.reduceSum(tf.math.mul(a, b), scope.ints(0)), n);
      Operand<TFloat32> missing = tf.math.sub(scope.constant(1), diagonal);
      return new Terms(
          c, tf.reduceSum(tf.math.square(missing), scope.ints(0)), Columns.offDiagonal(scope, c));
    }

    /** L. */
    Operand<TFloat32> sum(GraphScope scope, double lambda) {
      Ops tf = scope.tf();
      return tf.math.add(onDiagonal, tf.math.mul(scope.constant((float) lambda), offDiagonal));
    }
  }

  /** Columns without their mean, divided by the root of their (biased) variance. */
  private static Operand<TFloat32> standardised(GraphScope scope, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    Operand<TFloat32> centred = Columns.centred(scope, z); // [B, D]
    Operand<TFloat32> variance = // [1, D]
        tf.math.mean(tf.math.square(centred), scope.ints(0), Mean.keepDims(true));
    return tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, scope.constant(EPSILON))));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    Group vectors = Group.of(p -> p.shape().size() < 2).rateTimes(setup.settings().get(VECTORS));
    return RECIPE.build(setup.settings(), vectors);
  }
}
