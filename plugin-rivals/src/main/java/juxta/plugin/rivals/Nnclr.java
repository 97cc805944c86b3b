package juxta.plugin.rivals;

import static juxta.api.TrainingPhase.LEARNING_RATE;

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
import juxta.toolkit.contrast.Queue;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * NNCLR (<a href="https://arxiv.org/abs/2104.14548">Dwibedi et al. 2021</a>), algorithm 1: what the
 * network predicts of a view is to find the nearest neighbour, among past embeddings, of the other
 * view.
 *
 * <pre>
 *   z = unit(g(f(x))),  p = h(g(f(x)))                      [B, out], for x1 and for x2
 *   nn(z) = the row of Q with the largest z . Q_k           [B, out], without gradient
 *   L = 1/2 CE(nn(z1) . unit(p2) / tau, i) + 1/2 CE(nn(z2) . unit(p1) / tau, i)
 *   Q = [Q, z1] without its oldest B rows
 * </pre>
 *
 * <p>Rows of the similarities are neighbours, columns the predictions of the other view. Without
 * neighbours, z stands for itself and has a gradient: InfoNCE between the views.
 */
public final class Nnclr implements PairwiseMethod {
  private static final String PAPER_SOURCE = "NNCLR as commonly cited; not compared with the paper";

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(2048, PAPER_SOURCE);

  /** Output width of g and h. */
  public static final Setting<Integer> OUT = Widths.projectionOut(256, PAPER_SOURCE);

  /** Hidden width of h. */
  public static final Setting<Integer> PREDICTION = Widths.predictionHidden(4096, PAPER_SOURCE);

  /** Length of Q. */
  public static final Setting<Integer> QUEUE =
      Setting.integer("queue", 98304)
          .range(1, 1 << 24)
          .describe("past embeddings among which neighbours are sought, a multiple of the batch")
          .source(PAPER_SOURCE);

  /** Whether there is Q. */
  public static final Setting<Boolean> NEIGHBOURS =
      Setting.flag("neighbours", true)
          .describe("replace embeddings by their neighbours in the queue; false: keep them")
          .source(PAPER_SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("lars", 0.3, 1e-6, 10, PAPER_SOURCE);

  /** For the ServiceLoader. */
  public Nnclr() {}

  @Override
  public String id() {
    return "nnclr";
  }

  @Override
  public String summary() {
    return "predictions of a view find the other view's nearest neighbour among past embeddings";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Dwibedi, Aytar, Tompson, Sermanet, Zisserman",
            "With a Little Help from My Friends: Nearest-Neighbor Contrastive Learning of Visual"
                + " Representations",
            2021,
            "https://arxiv.org/abs/2104.14548"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT, PREDICTION, QUEUE, NEIGHBOURS));
    all.addAll(RECIPE.settings());
    return all;
  }

  /** For images as small as CIFAR's solo-learn's recipe. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>(Recipes.byolViews(data));
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", tiny || name.equals(SMALL) ? "0.2" : "0.1");
    if (tiny || name.equals(SMALL)) {
      preset.put("optimizer", "lars-clipped");
      preset.put("base-rate", "0.4");
      preset.put("weight-decay", "1e-5");
      preset.put("queue", "65536");
    }
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "512");
      preset.put("projection-out", "128");
      preset.put("prediction-hidden", "512");
      preset.putAll(Recipes.small(data));
      preset.put("queue", Recipes.smallQueue(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    preset.put("epochs", "1000");
    preset.put("batch", tiny ? "256" : "4096");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public void check(Setup setup) {
    Recipes.company(setup, "one image alone has no negatives");
    if (setup.settings().get(NEIGHBOURS)) {
      Recipes.queue(setup, setup.settings().get(QUEUE));
    }
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(LEARNING_RATE, RECIPE.schedule(setup, length));
  }

  /** f, g, h, Q and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    Ops tf = scope.tf();
    int b = setup.batch();
    int out = s.get(OUT);
    Branch fg = Branch.online(setup, scope, (at, d) -> projection(at, d, s.get(HIDDEN), out));
    Head h = // linear, BN, ReLU, linear
        Head.from(scope.sub("prediction"), out)
            .linear(s.get(PREDICTION), true)
            .norm()
            .relu()
            .linear(out, true);

    Branch.Encoded first = fg.apply(x.x1(), Pass.TRAINING);
    Branch.Encoded second = fg.apply(x.x2(), Pass.TRAINING);
    Operand<TFloat32> z1 = Similarity.unit(scope, first.projection()); // [B, out]
    Operand<TFloat32> z2 = Similarity.unit(scope, second.projection());
    Operand<TFloat32> p1 = h.apply(first.projection(), Pass.TRAINING); // [B, out]
    Operand<TFloat32> p2 = h.apply(second.projection(), Pass.TRAINING);

    Operand<TFloat32> nn1 = z1;
    Operand<TFloat32> nn2 = z2;
    Map<String, Operand<TFloat32>> seen = new LinkedHashMap<>();
    if (s.get(NEIGHBOURS)) {
      Queue queue = new Queue(scope.sub("queue"), s.get(QUEUE), out, b);
      Operand<TInt32> i1 = nearest(scope, z1, queue.rows()); // [B]
      nn1 = rows(scope, queue.rows(), i1); // [B, out]
      nn2 = neighbours(scope, z2, queue.rows());
      x.labels()
          .map(y -> sameClass(scope, y, queue.beside("labels", y), i1))
          .ifPresent(share -> seen.put("neighbours-of-class", share));
      queue.enqueue(z1);
    }
    Operand<TFloat32> loss1 = setup.loss(scope, contrast(scope, b, nn1, p2));
    Operand<TFloat32> loss2 = setup.loss(scope, contrast(scope, b, nn2, p1));
    Operand<TFloat32> loss = tf.math.mul(scope.constant(0.5f), tf.math.add(loss1, loss2));
    Operand<TFloat32> alike =
        tf.math.mean(Similarity.paired(scope, tf.stopGradient(z1), nn1), scope.ints(0));
    Step step = Step.of(loss).with("neighbour-cosine", alike);
    for (Map.Entry<String, Operand<TFloat32>> one : seen.entrySet()) {
      step = step.with(one.getKey(), one.getValue());
    }
    return step.with(Step.EMBEDDING, first.feature());
  }

  /** g: three times linear and BN, with ReLU between. */
  private static Head projection(GraphScope at, int d, int hidden, int out) {
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

  /** nn(z): for each of the unit rows z [B, out] the nearest of Q's, without gradient. */
  static Operand<TFloat32> neighbours(
      GraphScope scope, Operand<TFloat32> z, Operand<TFloat32> queue) {
    return rows(scope, queue, nearest(scope, z, queue));
  }

  /** The numbers of the rows with the largest cosines, [B]. */
  private static Operand<TInt32> nearest(
      GraphScope scope, Operand<TFloat32> z, Operand<TFloat32> queue) {
    Ops tf = scope.tf();
    return tf.math.argMax(
        Similarity.cosine(scope, tf.stopGradient(z), queue), tf.constant(1), TInt32.class);
  }

  private static Operand<TFloat32> rows(
      GraphScope scope, Operand<TFloat32> queue, Operand<TInt32> nearest) {
    return scope.tf().stopGradient(scope.tf().gather(queue, nearest, scope.tf().constant(0)));
  }

  /**
   * Share of the neighbours that have the class of what they stand in for, among those of both
   * known. It is logged and nothing learns from it: what neighbours are worth.
   */
  static Operand<TFloat32> sameClass(
      GraphScope scope, Operand<TInt32> y, Operand<TInt32> queued, Operand<TInt32> nearest) {
    Ops tf = scope.tf();
    Operand<TInt32> found = tf.gather(queued, nearest, tf.constant(0)); // [B]
    Operand<TBool> known = // [B]
        tf.math.logicalAnd(
            tf.math.greaterEqual(found, tf.constant(0)), tf.math.greaterEqual(y, tf.constant(0)));
    Operand<TBool> same = tf.math.logicalAnd(known, tf.math.equal(found, y));
    return tf.math.divNoNan(count(scope, same), count(scope, known));
  }

  private static Operand<TFloat32> count(GraphScope scope, Operand<TBool> of) {
    return scope.tf().reduceSum(scope.tf().dtypes.cast(of, TFloat32.class), scope.ints(0));
  }

  /** nn . unit(p) [B, B]: neighbour i belongs to prediction i. */
  static Comparison contrast(GraphScope scope, int b, Operand<TFloat32> nn, Operand<TFloat32> p) {
    return Comparison.of(Similarity.cosine(scope, nn, p), Targets.identity(scope, b));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
