package juxta.plugin.rivals;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Method;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.contrast.Queue;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.MultiCrop;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Group;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * SwAV (<a href="https://arxiv.org/abs/2006.09882">Caron et al. 2020</a>), algorithm 1: each view
 * is to predict the code of the others, a soft assignment to prototypes that a batch uses evenly.
 *
 * <pre>
 *   C = rows of unit length                                          [K, D], outside the gradient
 *   z = unit(g(f(x_v)))  of V = 2 + n views                          [V, B, D]
 *   s = z C^T                                                        [V, B, K]
 *   code_i = Sinkhorn(s_i / eps), rows sum to 1, columns to B / K    [B, K], i global, no gradient
 *   L = mean over i and v != i of CE(softmax(s_v / tau), code_i)
 * </pre>
 *
 * <p>With a queue, the codes are those of the batch among the embeddings of past steps as well.
 */
public final class Swav implements Method {
  private static final String SOURCE = "SwAV; facebookresearch/swav, main_swav.py";
  private static final String PROTOTYPE_PLACE = "prototypes";

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(2048, SOURCE);

  /** D. */
  public static final Setting<Integer> OUT = Widths.projectionOut(128, SOURCE);

  /** K. */
  public static final Setting<Integer> PROTOTYPES =
      Setting.integer("prototypes", 3000)
          .range(2, 1 << 20)
          .describe("K, prototypes that images are assigned to")
          .source(SOURCE);

  /** eps. */
  public static final Setting<Double> EPSILON =
      Setting.real("epsilon", 0.05)
          .range(1e-3, 100)
          .describe("the scores are divided by it for the codes: small ones are sharp")
          .source(SOURCE);

  /** Iterations of Sinkhorn's algorithm. */
  public static final Setting<Integer> ITERATIONS =
      Setting.integer("sinkhorn-iterations", 3)
          .range(0, 1000)
          .describe("iterations that make a batch use the prototypes evenly; 0: softmax, collapses")
          .source(SOURCE);

  /** n. */
  public static final Setting<Integer> LOCAL = MultiCrop.locals(6, SOURCE);

  /** Rows of the queues. */
  public static final Setting<Integer> QUEUE =
      Setting.integer("queue", 0)
          .range(0, 1 << 24)
          .describe("past embeddings of each global view, a multiple of the batch; 0: none")
          .source(SOURCE + ": 3840 for batches of 256");

  /** When the queues begin. */
  public static final Setting<Integer> QUEUE_EPOCH =
      Setting.integer("queue-epoch", 15)
          .range(0, 1_000_000)
          .describe("epoch from which on the queues are filled; they count once they are full")
          .source(SOURCE);

  /** How long C stays as it is. */
  public static final Setting<Double> FROZEN =
      Setting.real("frozen-epochs", 1)
          .range(0, 1e6)
          .describe("epochs in which the prototypes do not change")
          .source(SOURCE);

  /** How it is optimised: 4.8 for a batch of 4096, from 0.3. */
  public static final Recipe RECIPE =
      Recipe.of("larc", 0.3, 1e-6, 10, SOURCE).startingAt(0.0625).endingAt(0.001);

  /** For the ServiceLoader. */
  public Swav() {}

  @Override
  public String id() {
    return "swav";
  }

  @Override
  public String summary() {
    return "views predict each other's assignment to prototypes, which batches use evenly";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Caron, Misra, Mairal, Goyal, Bojanowski, Joulin",
            "Unsupervised Learning of Visual Features by Contrasting Cluster Assignments",
            2020,
            "https://arxiv.org/abs/2006.09882"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                HIDDEN, OUT, PROTOTYPES, EPSILON, ITERATIONS, LOCAL, QUEUE, QUEUE_EPOCH, FROZEN));
    all.addAll(RECIPE.settings());
    return all;
  }

  /** For images as small as CIFAR's solo-learn's recipe of two views. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>(Recipes.simclrViews(data));
    preset.put("augmentation.normalisation", "imagenet"); // unlike SimCLR's TensorFlow code
    preset.put("loss", "soft-target");
    preset.put("loss.temperature", "0.1");
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "512");
      preset.put("prototypes", "64"); // a batch is to reach them all
      preset.put("local-crops", "2");
      preset.put("augmentation.local-crop-min", "0.08");
      preset.put("augmentation.local-crop-max", "0.5");
      // with softer codes, or prototypes held, a few hundred steps stay at the loss of even codes
      preset.put("epsilon", "0.02");
      preset.put("frozen-epochs", "0");
      preset.put("optimizer", "adamw");
      preset.put("base-rate", "4e-3");
      preset.put("weight-decay", "0.01");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    if (tiny) {
      preset.put("augmentation.crop-min", "0.2");
      preset.put("local-crops", "0");
      preset.put("queue", "3840");
      preset.put("queue-epoch", "50");
      preset.put("frozen-epochs", "2");
      preset.put("optimizer", "lars-clipped");
      preset.put("base-rate", "0.6");
    } else {
      preset.put("augmentation.crop-min", "0.14");
      preset.put("augmentation.local-crop-min", "0.05");
      preset.put("augmentation.local-crop-max", "0.14");
    }
    preset.put("epochs", tiny ? "1000" : "800");
    preset.put("batch", tiny ? "256" : "4096");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    Recipes.company(setup, "the codes of one image alone are all alike");
    Recipes.queue(setup, setup.settings().get(QUEUE));
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    Length length = Length.of(sampler, setup.epochs());
    return Plan.of(
        TrainingPhase.of(
            length.steps(),
            sampler,
            Map.of(LEARNING_RATE, RECIPE.schedule(setup, length)),
            context -> step(setup, length, context)),
        ImageFunctions.of(setup, "encoder"));
  }

  private static Step step(Setup setup, Length length, StepContext context) {
    GraphScope scope = context.scope();
    Settings s = setup.settings();
    Ops tf = scope.tf();
    int b = setup.batch();
    int out = s.get(OUT);
    MultiCrop x = MultiCrop.of(setup, scope, context.batch(), s.get(LOCAL));
    Network f = setup.encoder(scope.sub("encoder"));
    Head g = // linear, BN, ReLU, linear
        Head.from(scope.sub("projection"), f.width())
            .linear(s.get(HIDDEN), true)
            .norm()
            .relu()
            .linear(out, true);
    long frozen = Math.round(s.get(FROZEN) * length.perEpoch());
    Prototypes prototypes = Prototypes.of(scope, s.get(PROTOTYPES), out, frozen);
    Operand<TFloat32> c = prototypes.unit(); // [K, D]

    // views of one size pass through f as one batch, all views through g
    Operand<TFloat32> h = // [2 B, d]
        f.apply(MultiCrop.join(scope, x.global()), Pass.TRAINING).embedding();
    Operand<TFloat32> all = // [V B, d]
        x.local().isEmpty()
            ? h
            : tf.concat(
                List.of(h, f.apply(MultiCrop.join(scope, x.local()), Pass.TRAINING).embedding()),
                tf.constant(0));
    Operand<TFloat32> z = Similarity.unit(scope, g.apply(all, Pass.TRAINING)); // [V B, D]
    Operand<TFloat32> scores = scores(scope, x.views(), b, z, c); // [V, B, K]

    List<Operand<TFloat32>> codes = new ArrayList<>();
    for (int i = 0; i < x.global().size(); i++) {
      Operand<TFloat32> zi = tf.slice(z, scope.ints(i * b, 0), scope.ints(b, out)); // [B, D]
      Operand<TFloat32> code = codes(scope, s, Similarity.dot(scope, zi, c)); // [B, K]
      if (s.get(QUEUE) > 0) {
        Queue queue = new Queue(scope.sub("queue." + i), s.get(QUEUE), out, b);
        long full = (long) s.get(QUEUE_EPOCH) * length.perEpoch() + s.get(QUEUE) / b;
        Operand<TBool> counts = tf.math.greaterEqual(scope.step(), tf.constant(full));
        code = tf.select(counts, codesAmong(scope, s, b, queue.rows(), zi, c), code);
        queue.enqueue(zi);
      }
      codes.add(code);
    }
    Operand<TFloat32> loss =
        setup.loss(
            scope, MultiCrop.across(scope, x.views(), scores, tf.stack(codes))); // [2 (V - 1) B, K]

    Map<Parameter<TFloat32>, Operand<TFloat32>> gradients =
        new LinkedHashMap<>(Gradients.ofTrained(scope, loss, scope.parameters()));
    gradients.put(prototypes.toUpdate(scope), Gradients.of(scope, loss, List.of(c)).get(0));
    Group held = Group.below(scope.sub(PROTOTYPE_PLACE).name()).heldFor(frozen);
    RECIPE.build(s, held).apply(scope, gradients);
    return Step.of(loss)
        .with("prototypes-used", used(scope, codes.get(0)))
        .with(Step.EMBEDDING, tf.slice(h, scope.ints(0, 0), scope.ints(b, f.width())));
  }

  /**
   * C. It is made unit before each step, outside the gradient: the loss sees unit rows, the
   * optimiser starts from them, and knows the gradient with respect to them.
   *
   * @param stored the parameter
   * @param unit its unit rows, [K, D], where gradients end
   * @param frozen steps in which it stays as it is to the last bit
   */
  private record Prototypes(Parameter<TFloat32> stored, Operand<TFloat32> unit, long frozen) {
    static Prototypes of(GraphScope scope, int k, int d, long frozen) {
      Parameter<TFloat32> stored =
          scope
              .sub(PROTOTYPE_PLACE)
              .weight("weight", Layout.PLAIN, Initializers.pytorchBias(d), k, d);
      Ops tf = scope.tf();
      return new Prototypes(
          stored, tf.identity(tf.stopGradient(Similarity.unit(scope, stored.value()))), frozen);
    }

    /** The same parameter, whose stored value is unit by the time an optimiser changes it. */
    Parameter<TFloat32> toUpdate(GraphScope scope) {
      Ops tf = scope.tf();
      Operand<TBool> moves = tf.math.greaterEqual(scope.step(), tf.constant(frozen));
      Operand<TFloat32> start = tf.select(moves, unit, stored.value());
      var made =
          tf.withControlDependencies(List.of(stored.value()))
              .assignVariableOp(stored.handle(), start);
      Operand<TFloat32> value = tf.withControlDependencies(List.of(made)).identity(start);
      return new Parameter<>(
          stored.name(),
          stored.type(),
          stored.shape(),
          stored.layout(),
          stored.trained(),
          value,
          stored.handle());
    }
  }

  /** s = z C^T of unit rows z [V B, D], [V, B, K]. */
  static Operand<TFloat32> scores(
      GraphScope scope, int views, int b, Operand<TFloat32> z, Operand<TFloat32> c) {
    int k = (int) c.shape().get(0);
    return scope.tf().reshape(Similarity.dot(scope, z, c), scope.ints(views, b, k));
  }

  /** The codes of a batch among the rows of a queue, which come before it. */
  static Operand<TFloat32> codesAmong(
      GraphScope scope,
      Settings s,
      int b,
      Operand<TFloat32> queue,
      Operand<TFloat32> z,
      Operand<TFloat32> c) {
    Ops tf = scope.tf();
    Operand<TFloat32> all = // [rows + B, K]
        Similarity.dot(scope, tf.concat(List.of(queue, z), tf.constant(0)), c);
    return tf.slice(
        codes(scope, s, all),
        scope.ints((int) queue.shape().get(0), 0),
        scope.ints(b, (int) c.shape().get(0)));
  }

  /**
   * Codes of scores [N, K] without gradient: exp(s / eps), made to use all prototypes alike and to
   * sum to 1 for each sample, in turn. In logarithms, so that no exponential is out of range.
   */
  static Operand<TFloat32> codes(GraphScope scope, Settings s, Operand<TFloat32> scores) {
    Ops tf = scope.tf();
    Operand<TFloat32> log =
        tf.math.mul(tf.stopGradient(scores), scope.constant((float) (1 / s.get(EPSILON))));
    for (int i = 0; i < s.get(ITERATIONS); i++) {
      log = tf.math.sub(log, logSumExp(scope, log, 0)); // each prototype
      log = tf.math.sub(log, logSumExp(scope, log, 1)); // each sample
    }
    return tf.stopGradient(tf.nn.softmax(log)); // rows sum to 1
  }

  private static Operand<TFloat32> logSumExp(GraphScope scope, Operand<TFloat32> x, int axis) {
    Ops tf = scope.tf();
    Operand<TFloat32> top = tf.max(x, scope.ints(axis), Max.keepDims(true));
    return tf.math.add(
        top,
        tf.math.log(
            tf.reduceSum(
                tf.math.exp(tf.math.sub(x, top)), scope.ints(axis), ReduceSum.keepDims(true))));
  }

  /** How many prototypes a batch uses: the exponential of the entropy of its mean code. */
  private static Operand<TFloat32> used(GraphScope scope, Operand<TFloat32> code) {
    Ops tf = scope.tf();
    Operand<TFloat32> mean = tf.math.mean(code, scope.ints(0)); // [K]
    Operand<TFloat32> parts = tf.math.xlogy(mean, mean); // 0 where there is nothing
    return tf.math.exp(tf.math.neg(tf.reduceSum(parts, scope.ints(0))));
  }
}
