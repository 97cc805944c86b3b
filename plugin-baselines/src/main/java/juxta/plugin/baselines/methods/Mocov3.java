package juxta.plugin.baselines.methods;

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
import juxta.api.Parameter;
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
import juxta.toolkit.discrimination.Momentum;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * MoCo v3 (<a href="https://arxiv.org/abs/2104.02057">Chen et al. 2021</a>), algorithm 1:
 * predictions of one view find the averaged network's projection of the other among those of the
 * whole batch; there is no queue.
 *
 * <pre>
 *   q = h(g(f(x))),  k = g_m(f_m(x))                               [B, out], for x1 and for x2
 *   ctr(q, k) = 2 tau CE(unit(q) unit(k)^T / tau, diagonal)        [B, B]
 *   L = ctr(q1, k2) + ctr(q2, k1)
 *   theta_m = m theta_m + (1 - m) theta                            before the keys
 * </pre>
 *
 * <p>Settings are those of the paper's ViT; its ResNet has two layers in g and no last BN in h.
 */
public final class Mocov3 implements PairwiseMethod {
  private static final String SOURCE = "MoCo v3, ViT; facebookresearch/moco-v3, main_moco.py";

  /** Layers of g. */
  public static final Setting<Integer> LAYERS =
      Setting.integer("projection-layers", 3)
          .range(1, 8)
          .describe("linear layers of the projection head, each with BN; 2 with a ResNet")
          .source(SOURCE);

  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN = Widths.projectionHidden(4096, SOURCE);

  /** Output width of g and of h. */
  public static final Setting<Integer> OUT = Widths.projectionOut(256, SOURCE);

  /** Hidden width of h. */
  public static final Setting<Integer> PREDICTION = Widths.predictionHidden(4096, SOURCE);

  /** Whether h ends in BN. */
  public static final Setting<Boolean> LAST_NORM =
      Setting.flag("prediction-norm", true)
          .describe("whether the prediction head ends in batch normalisation; not with a ResNet")
          .source(SOURCE);

  /** 2 tau. */
  public static final Setting<Double> SCALE =
      Setting.real("loss-scale", 0.4)
          .range(1e-6, 1e6)
          .describe("factor of the loss, twice its temperature: gradients keep their size")
          .source(SOURCE + ": temperature 0.2");

  /** Whether the layer that embeds patches stays as it is. */
  public static final Setting<Boolean> FREEZE =
      Setting.flag("freeze-patches", true)
          .describe("do not train the layer that embeds the patches of a ViT")
          .source("MoCo v3, section 4; --stop-grad-conv1");

  /** Momentum of f_m, g_m. */
  public static final Momentum AVERAGE = Momentum.of(0.99, 1, SOURCE);

  /** How it is optimised. */
  public static final Recipe RECIPE = Recipe.of("adamw", 1.5e-4, 0.1, 40, SOURCE);

  /** solo-learn's recipe for CIFAR, with a ResNet. */
  private static final Map<String, String> CIFAR =
      Map.of(
          "projection-layers", "2",
          "prediction-norm", "false",
          "optimizer", "lars-clipped",
          "base-rate", "0.3",
          "weight-decay", "1e-6",
          "warmup-epochs", "10");

  /** For the ServiceLoader. */
  public Mocov3() {}

  @Override
  public String id() {
    return "mocov3";
  }

  @Override
  public String summary() {
    return "predictions find an averaged network's output for the other view within the batch";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Xie, He",
            "An Empirical Study of Training Self-Supervised Vision Transformers",
            2021,
            "https://arxiv.org/abs/2104.02057"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(List.of(LAYERS, HIDDEN, OUT, PREDICTION, LAST_NORM, SCALE, FREEZE));
    all.addAll(AVERAGE.settings());
    all.addAll(RECIPE.settings());
    return all;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>(Recipes.byolViews(data));
    preset.put("loss", "ntxent");
    preset.put("loss.temperature", "0.2");
    if (name.equals(SMALL)) {
      preset.putAll(CIFAR);
      preset.put("projection-hidden", "1024");
      preset.put("prediction-hidden", "1024");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    if (Recipes.tiny(data)) {
      preset.putAll(CIFAR);
      preset.putAll(Recipes.paperEncoder(data));
      preset.put("epochs", "1000");
      preset.put("batch", "256");
      return preset;
    }
    preset.put("encoder", "vit-s");
    preset.put("encoder.drop-path", "0");
    preset.put("encoder.position", "sincos");
    preset.put("epochs", "300");
    preset.put("batch", "1024");
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(
        LEARNING_RATE, RECIPE.schedule(setup, length), MOMENTUM, AVERAGE.schedule(setup, length));
  }

  /** f, g, h, f_m, g_m and the loss. */
  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Settings s = setup.settings();
    Branch.Projection g =
        (at, d) -> mlp(at, d, s.get(LAYERS), s.get(HIDDEN), s.get(OUT)).plainNorm();
    Branch online = Branch.online(setup, scope, g); // f, g
    Head plain = mlp(scope.sub("prediction"), s.get(OUT), 2, s.get(PREDICTION), s.get(OUT));
    Head h = s.get(LAST_NORM) ? plain.plainNorm() : plain;
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(MOMENTUM)); // f_m, g_m

    Branch.Encoded first = online.apply(x.x1(), Pass.TRAINING);
    Branch.Encoded second = online.apply(x.x2(), Pass.TRAINING);
    Operand<TFloat32> q1 = h.apply(first.projection(), Pass.TRAINING); // [B, out]
    Operand<TFloat32> q2 = h.apply(second.projection(), Pass.TRAINING);
    Operand<TFloat32> k1 = target.apply(x.x1(), Pass.TARGET).projection(); // [B, out]
    Operand<TFloat32> k2 = target.apply(x.x2(), Pass.TARGET).projection();
    Operand<TFloat32> loss =
        scope.tf().math.add(contrast(setup, scope, q1, k2), contrast(setup, scope, q2, k1));
    return Step.of(loss).with(Step.EMBEDDING, first.feature());
  }

  /** ctr(q, k). */
  private static Operand<TFloat32> contrast(
      Setup setup, GraphScope scope, Operand<TFloat32> q, Operand<TFloat32> k) {
    Ops tf = scope.tf();
    Operand<TFloat32> similarities = Similarity.cosine(scope, q, tf.stopGradient(k)); // [B, B]
    Operand<TFloat32> ce =
        setup.loss(scope, Comparison.of(similarities, Targets.identity(scope, setup.batch())));
    return tf.math.mul(scope.constant(setup.settings().get(SCALE).floatValue()), ce);
  }

  /** Linear layers without biases, BN and ReLU between them. */
  private static Head mlp(GraphScope at, int in, int layers, int hidden, int out) {
    Head head = Head.from(at, in);
    for (int layer = 1; layer < layers; layer++) {
      head = head.linear(hidden, false).norm().relu();
    }
    return head.linear(out, false);
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    Optimizer optimizer = RECIPE.build(setup.settings());
    if (!setup.settings().get(FREEZE)) {
      return optimizer;
    }
    String patches = scope.sub("encoder.patch_embed").name() + ".";
    return (root, gradients) -> {
      Map<Parameter<TFloat32>, Operand<TFloat32>> kept = new LinkedHashMap<>(gradients);
      kept.keySet().removeIf(parameter -> parameter.name().startsWith(patches));
      optimizer.apply(root, kept);
    };
  }
}
