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
import juxta.api.UserException;
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
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * MoCo v2 (<a href="https://arxiv.org/abs/2003.04297">Chen et al. 2020</a>; the algorithm is that
 * of <a href="https://arxiv.org/abs/1911.05722">MoCo</a>): a query finds its key, the averaged
 * network's view of the same image, among the keys of the steps before.
 *
 * <pre>
 *   theta_m = m theta_m + (1 - m) theta                            f_m, g_m follow f, g
 *   q = unit(g(f(x1))),  k = unit(g_m(f_m(x2)))                    [B, out]
 *   L = CE([q . k, q . queue] / tau, 0)                            [B, 1 + K]
 *   queue = [queue, k] without its oldest B rows
 * </pre>
 */
public final class Mocov2 implements PairwiseMethod {
  private static final String SOURCE = "MoCo v2; facebookresearch/moco, main_moco.py";

  /** Layers of g. */
  public static final Setting<Integer> LAYERS =
      Setting.integer("projection-layers", 2)
          .range(1, 2)
          .describe("linear layers of the projection head: 1 is that of MoCo v1")
          .source(SOURCE);

  /** Hidden width of g. */
  public static final Setting<Optional<Integer>> HIDDEN = Widths.projectionHidden(SOURCE);

  /** Output width of g. */
  public static final Setting<Integer> OUT = Widths.projectionOut(128, SOURCE);

  /** K, length of the queue. */
  public static final Setting<Integer> QUEUE =
      Setting.integer("queue", 65536)
          .range(1, 1 << 24)
          .describe("keys in the queue, a multiple of those that enter in a step")
          .source(SOURCE);

  /** Whether both views are queries. */
  public static final Setting<Boolean> SYMMETRIC =
      Setting.flag("symmetric", false)
          .describe("add the loss with the views swapped; both batches of keys enter the queue")
          .source(SOURCE);

  /** Groups of the key pass. */
  public static final Setting<Integer> GROUPS =
      Setting.integer("key-groups", 1)
          .range(1, 64)
          .describe(
              "groups of a random order in which keys are computed, each with its own batch"
                  + " statistics (shuffle BN); 1: statistics of the whole batch, as SyncBN")
          .source("one device; the reference has 8");

  /** m. */
  public static final Momentum AVERAGE = Momentum.of(0.999, 0.999, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.03, 1e-4, 0, SOURCE);

  /** For the ServiceLoader. */
  public Mocov2() {}

  @Override
  public String id() {
    return "mocov2";
  }

  @Override
  public String summary() {
    return "a query finds its key among a queue of keys that an averaged network made";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Fan, Girshick, He",
            "Improved Baselines with Momentum Contrastive Learning",
            2020,
            "https://arxiv.org/abs/2003.04297"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(LAYERS, HIDDEN, OUT, QUEUE, SYMMETRIC, GROUPS));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", tiny ? "cifar" : "mocov2");
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "0.2");
    if (name.equals(SMALL)) { // solo-learn's recipe for CIFAR, MoCo v2+, with narrow heads
      preset.put("symmetric", "true");
      preset.put("momentum-base", "0.99");
      preset.put("momentum-end", "0.999");
      preset.put("base-rate", "0.3");
      preset.put("weight-decay", "1e-4");
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "128");
      preset.put("queue", data.trainSize() <= 5000 ? "1024" : "4096"); // less than the images
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("key-groups", "8");
    preset.put("epochs", "200");
    preset.put("batch", "256");
    if (tiny) { // the authors' demo on CIFAR-10: 0.06 for a batch of 512
      preset.put("loss.temperature", "0.1");
      preset.put("projection-layers", "1");
      preset.put("queue", "4096");
      preset.put("momentum-base", "0.99");
      preset.put("momentum-end", "0.99");
      preset.put("base-rate", "0.03");
      preset.put("weight-decay", "5e-4");
      preset.put("batch", "512");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public void check(Setup setup) {
    Settings s = setup.settings();
    int entering = entering(setup);
    if (s.get(QUEUE) % entering != 0) {
      throw new UserException(
          "queue: "
              + s.get(QUEUE)
              + " keys are no multiple of the "
              + entering
              + " that enter in a step; pass --set queue="
              + Math.max(1, s.get(QUEUE) / entering) * entering);
    }
    if (setup.batch() % s.get(GROUPS) != 0) {
      throw new UserException(
          "key-groups: a batch of "
              + setup.batch()
              + " does not divide into "
              + s.get(GROUPS)
              + " groups; pass --set key-groups=1, or another --batch");
    }
  }

  private static int entering(Setup setup) {
    return setup.settings().get(SYMMETRIC) ? 2 * setup.batch() : setup.batch();
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(
        LEARNING_RATE, RECIPE.schedule(setup, length), MOMENTUM, AVERAGE.schedule(setup, length));
  }

  /** f, g, f_m, g_m, the queue and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    Ops tf = scope.tf();
    int b = setup.batch();
    Branch.Projection g = (at, d) -> projection(s, at, d);
    Branch online = Branch.online(setup, scope, g); // f, g
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m
    Queue queue = new Queue(scope.sub("queue"), s.get(QUEUE), s.get(OUT), entering(setup));

    Branch.Encoded first = online.apply(x.x1(), Pass.TRAINING);
    Operand<TFloat32> q1 = first.projection(); // [B, out]; cosines do not ask for its length
    Operand<TFloat32> k2 = keys(setup, scope, target, x.x2()); // [B, out]
    Operand<TFloat32> loss = setup.loss(scope, Queue.compare(scope, b, q1, k2, queue.rows()));
    Operand<TFloat32> entering = k2;
    if (s.get(SYMMETRIC)) {
      Operand<TFloat32> q2 = online.apply(x.x2(), Pass.TRAINING).projection();
      Operand<TFloat32> k1 = keys(setup, scope, target, x.x1());
      loss = tf.math.add(loss, setup.loss(scope, Queue.compare(scope, b, q2, k1, queue.rows())));
      entering = tf.concat(List.of(k1, k2), tf.constant(0)); // [2B, out]
    }
    queue.enqueue(entering);
    return Step.of(loss).with(Step.EMBEDDING, first.feature());
  }

  /** g: linear, ReLU, linear; or linear alone. */
  private static Head projection(Settings s, GraphScope at, int d) {
    Head head = Head.from(at, d);
    return s.get(LAYERS) == 1
        ? head.linear(s.get(OUT), true)
        : head.linear(s.get(HIDDEN).orElse(d), true).relu().linear(s.get(OUT), true);
  }

  /**
   * k of a view, without gradient: [B, H, W, C] to [B, out]. In groups of a random order, since a
   * query must not find its key by batch statistics that both were normalised with (MoCo, section
   * 3.3, shuffle BN).
   */
  private static Operand<TFloat32> keys(
      Setup setup, GraphScope scope, Branch target, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    int groups = setup.settings().get(GROUPS);
    if (groups == 1) {
      Operand<TFloat32> k = target.apply(x, Pass.TARGET).projection();
      return Similarity.unit(scope, tf.stopGradient(k));
    }
    Operand<TFloat32> draws =
        tf.random.statelessRandomUniform(scope.ints(setup.batch()), scope.seed("key-order"));
    Operand<TInt32> order = // [B]
        tf.nn.topK(draws, tf.constant(setup.batch()), new TopK.Options[0]).indices();
    List<Operand<TFloat32>> parts = new ArrayList<>();
    Operand<TFloat32> shuffled = tf.gather(x, order, tf.constant(0));
    for (Operand<TFloat32> part : tf.split(tf.constant(0), shuffled, (long) groups)) {
      parts.add(target.apply(part, Pass.TARGET).projection()); // [B / groups, out]
    }
    Operand<TFloat32> k = // [B, out], rows in the order of the input
        tf.gather(
            tf.concat(parts, tf.constant(0)), tf.math.invertPermutation(order), tf.constant(0));
    return Similarity.unit(scope, tf.stopGradient(k));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
