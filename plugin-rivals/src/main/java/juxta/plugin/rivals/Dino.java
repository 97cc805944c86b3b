package juxta.plugin.rivals;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;
import static juxta.api.TrainingPhase.WEIGHT_DECAY;

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
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Momentum;
import juxta.toolkit.discrimination.MultiCrop;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * DINO (<a href="https://arxiv.org/abs/2104.14294">Caron et al. 2021</a>), algorithm 1: a student
 * that sees all views is to say what its average, the teacher, says of the global ones. Centring
 * and sharpening of the teacher keep both from saying the same of everything.
 *
 * <pre>
 *   s = g(f(x_v))       of V = 2 + n views                       [V, B, K]
 *   t = g_m(f_m(x_i))   of the two global ones                   [2, B, K]
 *   P_i = softmax((t_i - c) / tau_t)                             [2, B, K], no gradient
 *   L = mean over i and v != i of CE(softmax(s_v / tau), P_i)
 *   c = 0.9 c + 0.1 mean of t over the rows
 *   theta_m = m theta_m + (1 - m) theta                          after the optimiser's update
 * </pre>
 */
public final class Dino implements Method {
  private static final String SOURCE = "DINO; facebookresearch/dino, main_dino.py";
  private static final String TEACHER_TEMPERATURE = "teacher-temperature";
  private static final String LAST = "last_layer";

  /** Rate at the end of the cosine. */
  private static final double LEAST_RATE = 1e-6;

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(2048, SOURCE);

  /** Width before the last layer. */
  public static final Setting<Integer> BOTTLENECK =
      Setting.integer("bottleneck", 256)
          .range(1, 1 << 16)
          .describe("width of what the last layer of the head sees, made unit")
          .source(SOURCE);

  /** K. */
  public static final Setting<Integer> OUT = Widths.projectionOut(65536, SOURCE);

  /** n. */
  public static final Setting<Integer> LOCAL = MultiCrop.locals(8, SOURCE);

  /** tau_t at the start. */
  public static final Setting<Double> FIRST_TEMPERATURE =
      Setting.real("teacher-temperature-start", 0.04)
          .range(1e-4, 100)
          .describe("temperature of the teacher in the first epoch")
          .source(SOURCE);

  /** tau_t after its warm-up. */
  public static final Setting<Double> TEMPERATURE =
      Setting.real(TEACHER_TEMPERATURE, 0.04)
          .range(1e-4, 100)
          .describe("temperature of the teacher after its warm-up; 1 does not sharpen")
          .source(SOURCE + "; 0.07 at most");

  /** Warm-up of tau_t. */
  public static final Setting<Integer> TEMPERATURE_EPOCHS =
      Setting.integer("teacher-temperature-epochs", 0)
          .range(0, 1_000_000)
          .describe("epochs in which the teacher's temperature goes from start to end")
          .source(SOURCE);

  /** Momentum of c. */
  public static final Setting<Double> CENTRE =
      Setting.real("centre-momentum", 0.9)
          .range(0, 1)
          .describe("momentum of the centre that is taken from the teacher; 1: no centring")
          .source(SOURCE);

  /** How long the last layer stays as it is. */
  public static final Setting<Double> FROZEN =
      Setting.real("frozen-epochs", 1)
          .range(0, 1e6)
          .describe("epochs in which the last layer of the head does not change")
          .source(SOURCE);

  /** Bound of each gradient's norm. */
  public static final Setting<Double> CLIP =
      Setting.real("clip-norm", 3)
          .range(0, 1e6)
          .describe("greatest norm of the gradient of a parameter; 0: any")
          .source(SOURCE);

  /** Weight decay at the end. */
  public static final Setting<Double> DECAY_END =
      Setting.real("weight-decay-end", 0.4)
          .range(0, 10)
          .describe("weight decay at the end, reached by cosine")
          .source(SOURCE);

  /** m. */
  public static final Momentum AVERAGE = Momentum.of(0.996, 1, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("adamw", 5e-4, 0.04, 10, SOURCE).sparingBiases();

  /** For the ServiceLoader. */
  public Dino() {}

  @Override
  public String id() {
    return "dino";
  }

  @Override
  public String summary() {
    return "a student of all views says what its average says of the global ones";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Caron, Touvron, Misra, Jegou, Mairal, Bojanowski, Joulin",
            "Emerging Properties in Self-Supervised Vision Transformers",
            2021,
            "https://arxiv.org/abs/2104.14294"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                HIDDEN,
                BOTTLENECK,
                OUT,
                LOCAL,
                FIRST_TEMPERATURE,
                TEMPERATURE,
                TEMPERATURE_EPOCHS,
                CENTRE,
                FROZEN,
                CLIP,
                DECAY_END));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  /** ViT-S/16; for images as small as CIFAR's solo-learn's recipe of two views with ResNet-18. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>(Recipes.byolViews(data));
    preset.put("loss", "soft-target");
    preset.put("loss.temperature", "0.1");
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "512");
      preset.put("bottleneck", "128");
      preset.put("projection-out", "1024");
      preset.put("local-crops", "2");
      preset.put("augmentation.local-crop-min", "0.08");
      preset.put("augmentation.local-crop-max", "0.5");
      preset.put("augmentation.blur-local", "0");
      preset.put("momentum-base", "0.98"); // short runs: as patchmix's
      preset.put("base-rate", "4e-3");
      preset.put("weight-decay-end", "0.04");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    if (tiny) {
      preset.putAll(Recipes.paperEncoder(data));
      preset.put("projection-out", "4096");
      preset.put("local-crops", "0");
      preset.put("momentum-base", "0.9995");
      preset.put("optimizer", "lars-clipped");
      preset.put("base-rate", "0.3");
      preset.put("weight-decay", "1e-6");
      preset.put("weight-decay-end", "1e-6");
      preset.put("clip-norm", "0");
      preset.put("teacher-temperature-start", "0.07");
      preset.put("teacher-temperature", "0.07");
      preset.put("epochs", "1000");
      preset.put("batch", "256");
      return preset;
    }
    preset.put("encoder", "vit-s");
    preset.put("encoder.drop-path", "0.1");
    preset.put("augmentation.crop-min", "0.4");
    preset.put("augmentation.local-crop-min", "0.05");
    preset.put("augmentation.local-crop-max", "0.4");
    preset.put("epochs", "100");
    preset.put("batch", "512");
    return preset;
  }

  /**
   * The teacher follows after the optimiser's update, with the momentum of the step that ends; here
   * the same average is taken when the next step begins.
   */
  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    Length length = Length.of(sampler, setup.epochs());
    long all = Math.max(1, length.steps());
    Schedule m = AVERAGE.schedule(setup, length);
    Map<String, Schedule> schedules =
        Map.of(
            LEARNING_RATE,
                Schedules.warmupCosine(
                    RECIPE.peak(setup), LEAST_RATE, length.first(s.get(RECIPE.warmup())), all),
            WEIGHT_DECAY, Schedules.cosine(s.get(RECIPE.decay()), s.get(DECAY_END), all),
            MOMENTUM, (step, history) -> m.at(Math.max(0, step - 1), history),
            TEACHER_TEMPERATURE, temperature(s, length.perEpoch()));
    return Plan.of(
        TrainingPhase.of(
            length.steps(), sampler, schedules, context -> step(setup, length, context)),
        ImageFunctions.of(setup, "encoder"));
  }

  /** tau_t: a line over the epochs of its warm-up, whose last one has the final value. */
  static Schedule temperature(Settings s, long stepsPerEpoch) {
    return Schedules.perEpoch(
        Schedules.linear(
            s.get(TEMPERATURE_EPOCHS) == 0 ? s.get(TEMPERATURE) : s.get(FIRST_TEMPERATURE),
            s.get(TEMPERATURE),
            s.get(TEMPERATURE_EPOCHS) - 1L),
        stepsPerEpoch);
  }

  private static Step step(Setup setup, Length length, StepContext context) {
    GraphScope scope = context.scope();
    Settings s = setup.settings();
    Ops tf = scope.tf();
    int b = setup.batch();
    int k = s.get(OUT);
    MultiCrop x = MultiCrop.of(setup, scope, context.batch(), s.get(LOCAL));

    GraphScope online = scope.sub("encoder");
    Network f = setup.encoder(online);
    Top g = Top.of(scope.sub("projection"), f.width(), s);
    Operand<TFloat32> m = scope.scalar(MOMENTUM);
    GraphScope copy = scope.sub("momentum");
    Network fm = setup.encoder(copy.sub("encoder").averageOf(online, m));
    Top gm = Top.of(copy.sub("projection").averageOf(scope.sub("projection"), m), f.width(), s);
    Parameter<TFloat32> c = scope.state("centre", TFloat32.class, Initializers.zeros(), k);

    // views of one size pass through f as one batch, all views through g
    Operand<TFloat32> globals = MultiCrop.join(scope, x.global()); // [2 B, H, W, C]
    Operand<TFloat32> h = f.apply(globals, Pass.TRAINING).embedding(); // [2 B, d]
    Operand<TFloat32> all = // [V B, d]
        x.local().isEmpty()
            ? h
            : tf.concat(
                List.of(h, f.apply(MultiCrop.join(scope, x.local()), Pass.TRAINING).embedding()),
                tf.constant(0));
    Operand<TFloat32> student = // [V, B, K]
        tf.reshape(g.apply(all, Pass.TRAINING), scope.ints(x.views(), b, k));
    Operand<TFloat32> said = // [2 B, K]
        tf.stopGradient(gm.apply(fm.apply(globals, Pass.TARGET).embedding(), Pass.TARGET));
    Operand<TFloat32> p = // [2, B, K]
        sharpened(
            scope,
            tf.reshape(said, scope.ints(2, b, k)),
            c.value(),
            scope.scalar(TEACHER_TEMPERATURE));
    Operand<TFloat32> loss =
        setup.loss(scope, MultiCrop.across(scope, x.views(), student, p)); // [2 (V - 1) B, K]

    scope.assign(c, followed(scope, c.value(), said, s.get(CENTRE)));
    optimizer(s, scope, length).minimize(scope, loss);
    return Step.of(loss)
        .with("teacher-entropy", entropy(scope, p))
        .with(Step.EMBEDDING, tf.slice(h, scope.ints(0, 0), scope.ints(b, f.width())));
  }

  private static Optimizer optimizer(Settings s, GraphScope scope, Length length) {
    Group last =
        Group.below(scope.sub("projection." + LAST).name())
            .heldFor(Math.round(s.get(FROZEN) * length.perEpoch()));
    Optimizer descent = RECIPE.build(s, WeightDecay.scheduled(), last);
    double norm = s.get(CLIP);
    return norm > 0 ? descent.clippedEach(norm) : descent;
  }

  /**
   * g: linear, GELU, linear, GELU, linear, unit, and a last layer whose rows are unit too (weight
   * normalisation with a fixed length of 1): logits are cosines.
   *
   * @param scope where it is
   * @param mlp all but the last layer
   * @param last the last layer, rows of any length, [K, bottleneck]
   */
  private record Top(GraphScope scope, Head mlp, Operand<TFloat32> last) {
    static Top of(GraphScope at, int d, Settings s) {
      var weight = Initializers.truncatedNormal(0.02);
      var bias = Initializers.zeros();
      int bottleneck = s.get(BOTTLENECK);
      Head mlp =
          Head.from(at.sub("mlp"), d)
              .linear(s.get(HIDDEN), weight, bias)
              .gelu()
              .linear(s.get(HIDDEN), weight, bias)
              .gelu()
              .linear(bottleneck, weight, bias);
      Operand<TFloat32> last =
          at.sub(LAST)
              .weight(
                  "weight_v",
                  Layout.PLAIN,
                  Initializers.pytorchBias(bottleneck),
                  s.get(OUT),
                  bottleneck)
              .value();
      return new Top(at, mlp, last);
    }

    /** [N, d] to [N, K]. */
    Operand<TFloat32> apply(Operand<TFloat32> h, Pass pass) {
      return Similarity.cosine(scope, mlp.apply(h, pass), last);
    }
  }

  /** P = softmax((t - c) / tau_t), without gradient. */
  static Operand<TFloat32> sharpened(
      GraphScope scope, Operand<TFloat32> t, Operand<TFloat32> c, Operand<TFloat32> temperature) {
    Ops tf = scope.tf();
    return tf.stopGradient(tf.nn.softmax(tf.math.div(tf.math.sub(t, c), temperature)));
  }

  /** c after a step: m c + (1 - m) mean of t over its rows [N, K]. */
  static Operand<TFloat32> followed(
      GraphScope scope, Operand<TFloat32> c, Operand<TFloat32> t, double m) {
    Ops tf = scope.tf();
    return tf.math.add(
        tf.math.mul(scope.constant((float) m), c),
        tf.math.mul(scope.constant((float) (1 - m)), tf.math.mean(t, scope.ints(0))));
  }

  /** Mean entropy of what the teacher says: log K where it says nothing. */
  private static Operand<TFloat32> entropy(GraphScope scope, Operand<TFloat32> p) {
    Ops tf = scope.tf();
    Operand<TFloat32> rows = tf.reduceSum(tf.math.xlogy(p, p), scope.ints(2)); // [2, B]
    return tf.math.neg(tf.math.mean(rows, scope.ints(0, 1)));
  }
}
