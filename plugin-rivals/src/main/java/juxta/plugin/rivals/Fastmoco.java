package juxta.plugin.rivals;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Comparison;
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
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Momentum;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.Parts;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Fast-MoCo (<a href="https://arxiv.org/abs/2207.08220">Ci et al. 2022</a>): combinations of the
 * parts of a view find what an averaged network makes of the whole other view, so that each image
 * gives many positive pairs.
 *
 * <pre>
 *   v_n = f(part n of x),  n = 1..4                            [4 B, d], for x1 and for x2
 *   c_j = mean of the v_n of combination j,  j = 1..6          [6 B, d]
 *   p = q(g(c)),  z' = sg g_m(f_m(x))                          [6 B, out], [B, out]
 *   L = mean over j and both directions of CE(unit(p_j) unit(z')^T / tau, i)
 *   theta_m = m theta_m + (1 - m) theta                        before the averaged network's pass
 * </pre>
 *
 * <p>With one part (splits 1, parts-combined 1) this is MoCo with keys from the batch.
 */
public final class Fastmoco implements PairwiseMethod {
  private static final String SOURCE = "Fast-MoCo; orashi/Fast-MoCo";
  private static final String PREDICTION_PLACE = "prediction";

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(2048, SOURCE);

  /** Output width of g and q. */
  public static final Setting<Integer> OUT = Widths.projectionOut(2048, SOURCE);

  /** Hidden width of q. */
  public static final Setting<Integer> PREDICTION = Widths.predictionHidden(512, SOURCE);

  /** Parts along a side. */
  public static final Setting<Integer> SPLITS =
      Setting.integer("splits", 2)
          .range(1, 16)
          .describe("parts along each side of a view; 1 leaves it whole")
          .source(SOURCE);

  /** Parts of a combination. */
  public static final Setting<Integer> COMBINED =
      Setting.integer("parts-combined", 2)
          .range(1, 256)
          .describe("parts whose features are averaged, for all choices of so many")
          .source(SOURCE);

  /** Bound of the gradient's norm. */
  public static final Setting<Double> CLIP =
      Setting.real("clip-norm", 1)
          .range(0, 1e6)
          .describe("greatest norm of all gradients together; 0: any")
          .source(SOURCE);

  /** m. */
  public static final Momentum AVERAGE = Momentum.of(0.99, 0.99, SOURCE);

  /** How it is optimised: 0.1 for a batch of 512, from a quarter of that. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.05, 1e-4, 1, SOURCE).startingAt(0.25);

  /** For the ServiceLoader. */
  public Fastmoco() {}

  @Override
  public String id() {
    return "fastmoco";
  }

  @Override
  public String summary() {
    return "combined parts of a view find what an averaged network makes of the other view";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Ci, Lin, Bai, Ouyang",
            "Fast-MoCo: Boost Momentum-based Contrastive Learning with Combinatorial Patches",
            2022,
            "https://arxiv.org/abs/2207.08220"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(List.of(HIDDEN, OUT, PREDICTION, SPLITS, COMBINED, CLIP));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  /** There is no published recipe for small images: CIFAR's stem and views are own choice. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", Recipes.tiny(data) ? "cifar" : "mocov2");
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "1");
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "512");
      preset.put("prediction-hidden", "128");
      preset.put("optimizer", "lars-clipped"); // own choice, as multinet's
      preset.put("base-rate", "0.4");
      preset.put("weight-decay", "1e-5");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("encoder.zero-init", "true");
    preset.put("augmentation.sampling", "bicubic");
    preset.put("epochs", "100");
    preset.put("batch", "512");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public void check(Setup setup) {
    Recipes.company(setup, "one image alone has no negatives");
    List<String> problems = parts(setup.settings()).problems(setup.side(View.Kind.GLOBAL));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static Parts parts(Settings s) {
    return new Parts(s.get(SPLITS), s.get(COMBINED));
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(
        LEARNING_RATE, RECIPE.schedule(setup, length), MOMENTUM, AVERAGE.schedule(setup, length));
  }

  /** f, g, q, f_m, g_m and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    Ops tf = scope.tf();
    int out = s.get(OUT);
    Parts parts = parts(s);
    Branch.Projection g = (at, d) -> projection(at, d, s.get(HIDDEN), out);
    Branch online = Branch.online(setup, scope, g); // f, g
    Head q = prediction(scope, out, s.get(PREDICTION));
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m

    int d = online.encoder().width();
    Operand<TFloat32> v1 = features(scope, online, parts, x.x1()); // [P B, d]
    Operand<TFloat32> v2 = features(scope, online, parts, x.x2());
    Operand<TFloat32> p1 = predictions(scope, online, q, parts, v1); // [n B, out]
    Operand<TFloat32> p2 = predictions(scope, online, q, parts, v2);
    Operand<TFloat32> z1 = target.apply(x.x1(), Pass.TARGET).projection(); // [B, out]
    Operand<TFloat32> z2 = target.apply(x.x2(), Pass.TARGET).projection();

    int n = parts.combinations().size();
    Operand<TFloat32> loss1 = setup.loss(scope, contrast(scope, n, setup.batch(), p1, z2));
    Operand<TFloat32> loss2 = setup.loss(scope, contrast(scope, n, setup.batch(), p2, z1));
    Operand<TFloat32> loss = tf.math.mul(scope.constant(0.5f), tf.math.add(loss1, loss2));
    Operand<TFloat32> h = // [B, d], the mean of all parts
        tf.math.mean(tf.reshape(v1, scope.ints(parts.count(), -1, d)), scope.ints(0));
    return Step.of(loss).with(Step.EMBEDDING, h);
  }

  /** v: f of all parts of a view in one pass, so that batch statistics are those of all parts. */
  private static Operand<TFloat32> features(
      GraphScope scope, Branch online, Parts parts, Operand<TFloat32> x) {
    return online.encoder().apply(parts.cut(scope, x), Pass.TRAINING).embedding();
  }

  /** p = q(g(c)). */
  private static Operand<TFloat32> predictions(
      GraphScope scope, Branch online, Head q, Parts parts, Operand<TFloat32> v) {
    Operand<TFloat32> c = parts.combine(scope, v, online.encoder().width()); // [n B, d]
    return q.apply(online.projection().apply(c, Pass.TRAINING), Pass.TRAINING);
  }

  /** g: linear, BN, ReLU, linear, BN, ReLU, linear, BN. */
  static Head projection(GraphScope at, int d, int hidden, int out) {
    return Head.from(at, d)
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(out, true)
        .norm();
  }

  /** q: linear, BN, ReLU, linear. */
  static Head prediction(GraphScope scope, int out, int hidden) {
    return Head.from(scope.sub(PREDICTION_PLACE), out)
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(out, true);
  }

  /** unit(p) unit(z')^T, [n B, B]: the mean over the rows is that of all combinations. */
  static Comparison contrast(
      GraphScope scope, int n, int b, Operand<TFloat32> p, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    return Comparison.of(
        Similarity.cosine(scope, p, tf.stopGradient(z)),
        tf.tile(Targets.identity(scope, b), scope.ints(n, 1)));
  }

  /** The rate of q does not decay; the gradient of all weights together is clipped. */
  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    Group q = Group.below(scope.sub(PREDICTION_PLACE).name()).constantRate(RECIPE.peak(setup));
    Optimizer descent = RECIPE.build(setup.settings(), q);
    double norm = setup.settings().get(CLIP);
    return norm > 0 ? descent.clipped(norm) : descent;
  }
}
