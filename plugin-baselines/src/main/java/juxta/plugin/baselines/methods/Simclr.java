package juxta.plugin.baselines.methods;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.Network;
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
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.model.Presets;
import juxta.toolkit.optim.AdamW;
import juxta.toolkit.optim.Lars;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.Sgd;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * SimCLR: two views of each image attract, all other views in the batch repel.
 *
 * <p>Algorithm 1 of the paper: 2B views, z = g(f(view)), NT-Xent over the 2B rows with the own row
 * left out and the other view of the same image as the positive.
 */
public final class Simclr implements Method {
  /** Hidden width of the projection head, 0 for the encoder's width. */
  public static final Setting<Integer> HIDDEN =
      Setting.integer("projection-hidden", 0)
          .range(0, 1 << 16)
          .describe("hidden width of the projection head, 0 for the encoder's width")
          .source("google-research/simclr, tf2/model.py");

  /** Output width of the projection head. */
  public static final Setting<Integer> OUT =
      Setting.integer("projection-out", 128)
          .range(1, 1 << 16)
          .describe("output width of the projection head")
          .source("section 4.2; google-research/simclr");

  /** Which optimiser. */
  public static final Setting<String> OPTIMIZER =
      Setting.choice("optimizer", "lars", "lars", "sgd", "adamw")
          .describe("optimiser")
          .source("section 2.2: LARS");

  /** Learning rate for a batch of 256; multiplied by batch / 256. */
  public static final Setting<Double> RATE =
      Setting.real("base-rate", 0.3)
          .range(0, 1000)
          .describe("learning rate for a batch of 256; multiplied by batch / 256")
          .source("section 2.2: 0.3 x batch / 256");

  /** Weight decay. */
  public static final Setting<Double> DECAY =
      Setting.real("weight-decay", 1e-6)
          .range(0, 10)
          .describe("weight decay, not on biases and normalisation")
          .source("section 2.2");

  /** Epochs of linear warm-up. */
  public static final Setting<Double> WARMUP =
      Setting.real("warmup-epochs", 10)
          .range(0, 1e6)
          .describe("epochs of linear warm-up, then cosine to 0")
          .source("section 2.2");

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
    return List.of(HIDDEN, OUT, OPTIMIZER, RATE, DECAY, WARMUP);
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    boolean tiny = data.imageSide() > 0 && data.imageSide() <= 64;
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("loss", "ntxent");
    preset.put("augmentation", tiny ? "simclr-cifar" : "simclr");
    if (name.equals(SMALL)) {
      preset.put("encoder", "resnet-small");
      preset.put("loss.temperature", "0.2");
      preset.put("projection-hidden", "256");
      preset.put("optimizer", "adamw");
      preset.put("base-rate", "4e-3");
      preset.put("weight-decay", "0.01");
      preset.put("warmup-epochs", "1");
      preset.put("augmentation.crop-min", "0.2"); // short runs learn little from tiny crops
      if (tiny) {
        preset.put("augmentation.size", Presets.smallViews(data));
      }
      preset.put("epochs", Presets.smallEpochs(data));
      preset.put("batch", Presets.smallBatch(data));
      preset.put("precision", "auto");
      return preset;
    }
    // appendix B.9 for CIFAR, section 2.2 otherwise
    preset.put("encoder", tiny ? "resnet18" : "resnet50");
    if (tiny) {
      preset.put("encoder.stem", "cifar");
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
    Settings s = setup.settings();
    Sampler sampler =
        Samplers.shuffled(juxta.api.Dataset.TRAIN, setup.data().train().size(), setup.batch());
    long perEpoch = sampler.stepsPerEpoch();
    long steps = perEpoch * setup.epochs();
    long warmup = Math.min(steps, Math.round(s.get(WARMUP) * perEpoch));
    double rate = s.get(RATE) * setup.batch() / 256;
    return Plan.of(
        TrainingPhase.of(
            steps,
            sampler,
            Map.of(LEARNING_RATE, Schedules.warmupCosine(rate, 0, warmup, Math.max(1, steps))),
            context -> step(setup, context)),
        ImageFunctions.of(setup, "encoder"));
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    Settings s = setup.settings();
    Network f = setup.encoder(scope.sub("encoder"));
    int hidden = s.get(HIDDEN) == 0 ? f.width() : s.get(HIDDEN);
    ProjectionHead g = new ProjectionHead(scope.sub("projection"), f.width(), hidden, s.get(OUT));
    Operand<TFloat32> first = setup.view(scope, context.batch(), View.global(0)).image();
    Operand<TFloat32> second = setup.view(scope, context.batch(), View.global(1)).image();
    Operand<TFloat32> views = // [2B, H, W, C], view-major
        scope.tf().concat(List.of(first, second), scope.tf().constant(0));
    Operand<TFloat32> h = f.apply(views, Pass.TRAINING).embedding(); // [2B, D]
    Operand<TFloat32> z = g.apply(h, Pass.TRAINING); // [2B, out]
    Operand<TFloat32> similarities = Similarity.cosine(scope, z, z); // [2B, 2B]
    Operand<TFloat32> loss =
        setup.loss(
            scope,
            Comparison.of(similarities, Targets.otherView(scope, setup.batch()))
                .excluding(Targets.excludeSelf(scope, 2 * setup.batch())));
    optimizer(s).minimize(scope, loss);
    return Step.of(loss).with(Step.EMBEDDING, h);
  }

  private static Optimizer optimizer(Settings s) {
    WeightDecay decay = WeightDecay.of(s.get(DECAY));
    return switch (s.get(OPTIMIZER)) {
      case "lars" -> Lars.mocoV3(decay);
      case "sgd" -> Sgd.of(0.9).decay(decay);
      default -> AdamW.of(decay);
    };
  }
}
