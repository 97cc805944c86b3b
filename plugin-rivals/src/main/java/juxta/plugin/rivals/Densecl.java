package juxta.plugin.rivals;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.toolkit.contrast.Queue;
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
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * DenseCL (<a href="https://arxiv.org/abs/2011.09157">Wang et al. 2021</a>): MoCo v2, and beside it
 * the same between positions of the feature map: each finds its match in the other view.
 *
 * <pre>
 *   F = f(x1),  F' = f_m(x2)                                        [B, S, d], S positions
 *   q = g(pooled F),  k = g_m(pooled F')                            [B, out]
 *   r = g'(F),  u = g'_m(F')                                        [B, S, out]
 *   match(i) = argmax_j cos(F_i, F'_j)                              [B, S], of the same image
 *   L_g = CE([q . k, q . queue] / tau, 0)                           [B, 1 + K]
 *   L_d = CE([r_i . u_match(i), r_i . queue'] / tau, 0)             [B S, 1 + K]
 *   L = (1 - lambda) L_g + lambda L_d
 *   queue = [queue, k],  queue' = [queue', mean of u over S] without their oldest B rows
 * </pre>
 *
 * <p>Rows are divided by their length wherever they meet; u is averaged before that. With lambda 0
 * this is MoCo v2. Keys are normalised with the statistics of the whole batch, as on one device
 * (the reference shuffles them among eight).
 */
public final class Densecl implements PairwiseMethod {
  private static final String SOURCE = "DenseCL, section 3; WXinlong/DenseCL";

  /** Hidden width of g and g'. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(2048, SOURCE);

  /** Output width of g and g'. */
  public static final Setting<Integer> OUT = Widths.projectionOut(128, SOURCE);

  /** K. */
  public static final Setting<Integer> QUEUE =
      Setting.integer("queue", 65536)
          .range(1, 1 << 24)
          .describe("keys in each of the two queues, a multiple of the batch")
          .source(SOURCE);

  /** lambda. */
  public static final Setting<Double> WEIGHT =
      Setting.real("dense-weight", 0.5)
          .range(0, 1)
          .describe("lambda, weight of the loss of positions; 0: MoCo v2")
          .source(SOURCE);

  /** m. */
  public static final Momentum AVERAGE = Momentum.of(0.999, 0.999, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.03, 1e-4, 0, SOURCE);

  /** For the ServiceLoader. */
  public Densecl() {}

  @Override
  public String id() {
    return "densecl";
  }

  @Override
  public String summary() {
    return "MoCo v2, and the same between matching positions of the feature maps";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Wang, Zhang, Shen, Kong, Li",
            "Dense Contrastive Learning for Self-Supervised Visual Pre-Training",
            2021,
            "https://arxiv.org/abs/2011.09157"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, QUEUE, WEIGHT));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  /** For images as small as CIFAR's lightly's example; there is no published recipe. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", tiny ? "cifar" : "mocov2");
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "0.2");
    if (name.equals(SMALL)) { // as mocov2's
      preset.put("projection-hidden", "512");
      preset.put("momentum-base", "0.99");
      preset.put("momentum-end", "0.999");
      preset.put("base-rate", "0.3");
      preset.put("queue", Recipes.smallQueue(data));
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    if (tiny) {
      preset.put("projection-hidden", "512");
      preset.put("queue", "4096");
      preset.put("momentum-base", "0.996");
      preset.put("momentum-end", "1");
      preset.put("base-rate", "0.06");
    }
    preset.put("epochs", "200");
    preset.put("batch", "256");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public void check(Setup setup) {
    Recipes.queue(setup, setup.settings().get(QUEUE));
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(
        LEARNING_RATE, RECIPE.schedule(setup, length), MOMENTUM, AVERAGE.schedule(setup, length));
  }

  /** f, g, g', their averages, the queues and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    int b = setup.batch();
    int out = s.get(OUT);
    Branch.Projection g = (at, d) -> projection(s, at, d);
    Branch online = Branch.online(setup, scope, g); // f, g
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m
    Queue queue = new Queue(scope.sub("queue"), s.get(QUEUE), out, b);

    Features f = online.encoder().apply(x.x1(), Pass.TRAINING);
    Features fm = target.encoder().apply(x.x2(), Pass.TARGET);
    Operand<TFloat32> q = online.projection().apply(f.embedding(), Pass.TRAINING); // [B, out]
    Operand<TFloat32> k = // [B, out]
        Similarity.unit(scope, target.projection().apply(fm.embedding(), Pass.TARGET));
    Operand<TFloat32> global = setup.loss(scope, Queue.compare(scope, b, q, k, queue.rows()));
    queue.enqueue(k);
    double lambda = s.get(WEIGHT);
    if (lambda == 0) {
      return Step.of(global).with(Step.EMBEDDING, f.embedding());
    }
    Operand<TFloat32> dense = dense(setup, scope, f, fm);
    Operand<TFloat32> loss =
        scope.tf().math.add(weighted(scope, 1 - lambda, global), weighted(scope, lambda, dense));
    return Step.of(loss)
        .with("loss-global", global)
        .with("loss-dense", dense)
        .with(Step.EMBEDDING, f.embedding());
  }

  /** L_d of the maps F and F'. */
  private static Operand<TFloat32> dense(Setup setup, GraphScope scope, Features f, Features fm) {
    Settings s = setup.settings();
    Ops tf = scope.tf();
    int b = setup.batch();
    int out = s.get(OUT);
    Operand<TFloat32> map = positions(scope, b, f); // [B, S, d]
    Operand<TFloat32> keyMap = positions(scope, b, fm);
    int positions = (int) map.shape().get(1);
    int d = (int) map.shape().get(2);
    GraphScope place = scope.sub("dense");
    Head g = projection(s, place, d);
    Head gm =
        projection(s, scope.sub("momentum.dense").averageOf(place, scope.scalar(MOMENTUM)), d);
    Queue queue = new Queue(scope.sub("queue-dense"), s.get(QUEUE), out, b);

    Operand<TFloat32> r = // [B S, out]
        g.apply(tf.reshape(map, scope.ints(-1, d)), Pass.TRAINING);
    Operand<TFloat32> u = // [B S, out]
        tf.stopGradient(gm.apply(tf.reshape(keyMap, scope.ints(-1, d)), Pass.TARGET));
    Operand<TFloat32> matched = matched(scope, u, match(scope, map, keyMap), b, positions);
    Operand<TFloat32> loss =
        setup.loss(scope, Queue.compare(scope, b * positions, r, matched, queue.rows()));
    queue.enqueue(pooled(scope, tf.reshape(u, scope.ints(b, positions, out))));
    return loss;
  }

  /** g, g': linear, ReLU, linear. */
  private static Head projection(Settings s, GraphScope at, int d) {
    return Head.from(at, d).linear(s.get(HIDDEN), true).relu().linear(s.get(OUT), true);
  }

  /** The last map, [B, h, w, d] to [B, S, d]. */
  private static Operand<TFloat32> positions(GraphScope scope, int b, Features f) {
    Operand<TFloat32> map = f.map(Features.FEATURE_MAP);
    int positions = (int) (map.shape().get(1) * map.shape().get(2));
    return scope.tf().reshape(map, scope.ints(b, positions, (int) map.shape().get(3)));
  }

  /** match: for each position of F that of F' with the largest cosine, [B, S]. */
  static Operand<TInt32> match(GraphScope scope, Operand<TFloat32> map, Operand<TFloat32> keyMap) {
    Ops tf = scope.tf();
    Operand<TFloat32> cosines = // [B, S, S]
        tf.train.batchMatMul(
            Similarity.unit(scope, tf.stopGradient(map)),
            Similarity.unit(scope, tf.stopGradient(keyMap)),
            TFloat32.class,
            BatchMatMul.adjY(true));
    return tf.math.argMax(cosines, tf.constant(2), TInt32.class);
  }

  /** u at the matches: rows [B S, out] of the positions match [B, S] of the same image. */
  static Operand<TFloat32> matched(
      GraphScope scope, Operand<TFloat32> u, Operand<TInt32> match, int b, int positions) {
    Ops tf = scope.tf();
    Operand<TInt32> start = // [B, 1]
        tf.math.mul(
            tf.expandDims(tf.range(tf.constant(0), tf.constant(b), tf.constant(1)), tf.constant(1)),
            tf.constant(positions));
    return tf.gather(u, tf.reshape(tf.math.add(match, start), scope.ints(-1)), tf.constant(0));
  }

  /** unit(mean of u over the positions), [B, S, out] to [B, out]. */
  static Operand<TFloat32> pooled(GraphScope scope, Operand<TFloat32> u) {
    return Similarity.unit(scope, scope.tf().math.mean(u, scope.ints(1)));
  }

  private static Operand<TFloat32> weighted(
      GraphScope scope, double weight, Operand<TFloat32> loss) {
    return scope.tf().math.mul(scope.constant((float) weight), loss);
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
