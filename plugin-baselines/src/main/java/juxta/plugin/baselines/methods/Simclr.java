package juxta.plugin.baselines.methods;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
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
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SimCLR (<a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>), algorithm 1: two views
 * of each image attract, all other views in the batch repel.
 *
 * <pre>
 *   x1 = t(x), x2 = t'(x)                                      [B, H, W, C]
 *   h = f([x1; x2]),  z = g(h)                                 [2B, D], [2B, out]
 *   s_ik = cos(z_i, z_k)                                       [2B, 2B]
 *   L = mean over i of -log exp(s_ip(i) / tau) / sum over k != i of exp(s_ik / tau)
 *   p(i) = (i + B) mod 2B                                      the other view of the same image
 * </pre>
 */
public final class Simclr implements PairwiseMethod {
  private static final String SOURCE = "google-research/simclr";

  /** Hidden width of g. */
  public static final Setting<Optional<Integer>> HIDDEN =
      Widths.projectionHidden(SOURCE + ", tf2/model.py");

  /** Output width of g. */
  public static final Setting<Integer> OUT = Widths.projectionOut(128, "section 4.2; " + SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE =
      Recipe.of("lars", 0.3, 1e-6, 10, "SimCLR, section 2.2").sparingBiases();

  private static final Initializer<TFloat32> SMALL_WEIGHTS = Initializers.normal(0.01);

  /** For the ServiceLoader. */
  public Simclr() {}

  @Override
  public String id() {
    return "simclr";
  }

  @Override
  public String summary() {
    return "two views of an image attract, all other views in the batch repel";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Kornblith, Norouzi, Hinton",
            "A Simple Framework for Contrastive Learning of Visual Representations",
            2020,
            "https://arxiv.org/abs/2002.05709"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT));
    all.addAll(RECIPE.settings());
    return all;
  }

  /** Appendix B.9 for images as small as CIFAR's, section 2.2 otherwise. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = Recipes.tiny(data);
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", tiny ? "simclr-cifar" : "simclr");
    preset.put("loss", "ntxent");
    if (name.equals(SMALL)) {
      preset.put("loss.temperature", "0.2");
      preset.put("projection-hidden", "256");
      preset.put("optimizer", "adamw");
      preset.put("base-rate", "4e-3");
      preset.put("weight-decay", "0.01");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    if (tiny) {
      preset.put("loss.temperature", "0.5");
      preset.put("base-rate", "1.0");
      preset.put("weight-decay", "1e-4");
    }
    preset.put("epochs", "1000");
    preset.put("batch", tiny ? "512" : "4096");
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

  /** f, g and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Branch fg = Branch.online(setup, scope, (at, d) -> projection(setup.settings(), at, d));
    Operand<TFloat32> both = // [2B, H, W, C]: all first views, then all second ones
        scope.tf().concat(List.of(x.x1(), x.x2()), scope.tf().constant(0));
    Branch.Encoded encoded = fg.apply(both, Pass.TRAINING);
    Operand<TFloat32> h = encoded.feature(); // [2B, D]
    Operand<TFloat32> z = encoded.projection(); // [2B, out]
    Operand<TFloat32> s = Similarity.cosine(scope, z, z); // [2B, 2B]
    Operand<TFloat32> p = Targets.otherView(scope, setup.batch()); // [2B, 2B], 1 at (i, p(i))
    Operand<TFloat32> loss =
        setup.loss(scope, Comparison.of(s, p).excluding(excluded(scope, x, p, 2 * setup.batch())));
    return Step.of(loss).with(Step.EMBEDDING, h);
  }

  /**
   * g: linear, BN, ReLU, linear, BN. Linear layers have no biases and start from N(0, 0.01), the
   * last BN has a scale but no bias (google-research/simclr, tf2/model.py).
   */
  private static Head projection(Settings s, GraphScope at, int d) {
    return Head.from(at, d)
        .linear(s.get(HIDDEN).orElse(d), SMALL_WEIGHTS) // [2B, hidden]
        .norm()
        .relu()
        .linear(s.get(OUT), SMALL_WEIGHTS) // [2B, out]
        .scaledNorm();
  }

  /** k = i, and views that must not repel each other unless one is the other's positive. */
  private static Operand<TFloat32> excluded(
      GraphScope scope, TwoViews x, Operand<TFloat32> positive, int views) {
    Operand<TFloat32> self = Targets.excludeSelf(scope, views); // [2B, 2B]
    if (x.apart().isEmpty()) {
      return self;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> negative = tf.math.sub(scope.constant(1), positive); // [2B, 2B]
    return tf.math.maximum(self, tf.math.mul(x.apart().get(), negative));
  }

  @Override
  public boolean keepsApart() {
    return true;
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.build(setup.settings());
  }
}
