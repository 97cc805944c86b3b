package juxta.toolkit.discrimination;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.toolkit.contrast.Queue;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * MoCo v2 (<a href="https://arxiv.org/abs/2003.04297">Chen et al. 2020</a>): q = unit(g(f(x1))) is
 * to find k = unit(g_m(f_m(x2))) among the keys of the steps before, which wait in a queue. Order
 * of a step: f_m, g_m follow f, g; keys; loss; the keys enter the queue.
 */
public final class MocoV2Framework implements Framework {
  private static final String SOURCE = "MoCo v2; facebookresearch/moco, main_moco.py";

  /** Layers of g. */
  public static final Setting<Integer> LAYERS =
      Setting.integer("projection-layers", 2)
          .range(1, 2)
          .describe("linear layers of the projection head: 1 is that of MoCo v1")
          .source(SOURCE);

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(0, SOURCE);

  /** Output width of g. */
  public static final Setting<Integer> OUT = Widths.projectionOut(128, SOURCE);

  /** Length of the queue. */
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

  /** Momentum of f_m, g_m. */
  public static final Momentum AVERAGE = Momentum.of(0.999, 0.999, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.03, 1e-4, 0, SOURCE);

  /** Creates the framework. */
  public MocoV2Framework() {}

  @Override
  public String id() {
    return "mocov2";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(LAYERS, HIDDEN, OUT, QUEUE, SYMMETRIC, GROUPS));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  /** Those of solo-learn's recipe for CIFAR, MoCo v2+. */
  @Override
  public Map<String, String> smallScale() {
    return Map.of(
        "projection-hidden", "2048",
        "projection-out", "256",
        "queue", "32768",
        "symmetric", "true",
        "momentum-base", "0.99",
        "momentum-end", "0.999",
        "base-rate", "0.3",
        "weight-decay", "1e-4");
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

  @Override
  public Objective objective(Setup setup, GraphScope scope, TwoViews views) {
    Settings s = setup.settings();
    Ops tf = scope.tf();
    Branch.Projection g = (at, d) -> projection(s, at, d);
    Branch online = Branch.online(setup, scope, g); // f, g
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m
    Queue queue = new Queue(scope.sub("queue"), s.get(QUEUE), s.get(OUT), entering(setup));
    int b = setup.batch();
    Keys keys = new Keys(target, s.get(GROUPS), b);

    Branch.Encoded first = online.apply(views.x1(), Pass.TRAINING);
    Operand<TFloat32> q1 = first.projection(); // [B, out]
    Operand<TFloat32> k2 = Similarity.unit(scope, keys.of(scope, views.x2()));
    Operand<TFloat32> loss = setup.loss(scope, contrast(scope, b, q1, k2, queue.rows()));
    Operand<TFloat32> entering = k2;
    if (s.get(SYMMETRIC)) {
      Operand<TFloat32> q2 = online.apply(views.x2(), Pass.TRAINING).projection();
      Operand<TFloat32> k1 = Similarity.unit(scope, keys.of(scope, views.x1()));
      loss = tf.math.add(loss, setup.loss(scope, contrast(scope, b, q2, k1, queue.rows())));
      entering = tf.concat(List.of(k1, k2), tf.constant(0)); // [2B, out]
    }
    queue.enqueue(entering);
    return new Objective(loss, first.feature());
  }

  /** Linear, ReLU, linear; or linear alone. */
  private static Head projection(Settings s, GraphScope at, int d) {
    Head head = Head.from(at, d);
    return s.get(LAYERS) == 1
        ? head.linear(s.get(OUT), true)
        : head.linear(Widths.orEncoders(s.get(HIDDEN), d), true).relu().linear(s.get(OUT), true);
  }

  /** Each query against its own key, in the first column, and all keys that wait. */
  static Comparison contrast(
      GraphScope scope,
      int b,
      Operand<TFloat32> q,
      Operand<TFloat32> k,
      Operand<TFloat32> waiting) {
    Ops tf = scope.tf();
    Operand<TFloat32> own = // [B, 1]
        tf.expandDims(Similarity.paired(scope, q, tf.stopGradient(k)), tf.constant(1));
    Operand<TFloat32> others = Similarity.cosine(scope, q, tf.stopGradient(waiting)); // [B, K]
    return Comparison.of(
        tf.concat(List.of(own, others), tf.constant(1)), // [B, 1 + K]
        Targets.first(scope, b, 1 + (int) waiting.shape().get(0)));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.of(setup.settings());
  }
}
