package example;

import java.util.*;
import juxta.api.*;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.nn.*;
import juxta.toolkit.optim.*;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** SimSiam (arXiv 2011.10566) in short: each view of an image predicts the other one. */
public final class SimSiamLite implements Method {
  static final Setting<Double> RATE =
      Setting.real("rate", 1e-3).range(0, 1).describe("learning rate").source("own choice");

  public String id() { return "simsiam-lite"; }
  public String summary() { return "each view of an image predicts the other one"; }
  public List<Setting<?>> settings() { return List.of(RATE); }

  public Map<String, String> preset(String name, DataSummary data) {
    return Map.of(
        "encoder", "resnet-small", "augmentation", "simclr-cifar", "epochs", "20", "batch", "128");
  }

  public Plan plan(Setup setup) {
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    long steps = sampler.stepsPerEpoch() * setup.epochs();
    var rate = Schedules.cosine(setup.settings().get(RATE), 0, Math.max(1, steps));
    var schedules = Map.of(TrainingPhase.LEARNING_RATE, rate);
    return Plan.of(
        TrainingPhase.of(steps, sampler, schedules, context -> step(setup, context)),
        ImageFunctions.of(setup, "encoder")); // embed, encode, featureMap, denseMaps
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    Network f = setup.encoder(scope.sub("encoder"));
    int width = f.width();
    Mlp h = new Mlp(scope.sub("predictor"), width, width / 4, Initializers.kaimingUniform());
    var x1 = setup.view(scope, context.batch(), View.global(0)).image(); // [B, H, W, C]
    var x2 = setup.view(scope, context.batch(), View.global(1)).image();
    var z1 = f.apply(x1, Pass.TRAINING).embedding(); // [B, D]
    var z2 = f.apply(x2, Pass.TRAINING).embedding();
    var both = scope.tf().math.add(alike(scope, h.apply(z1), z2), alike(scope, h.apply(z2), z1));
    var loss = scope.tf().math.mul(both, scope.constant(-0.5f));
    AdamW.of(WeightDecay.of(1e-4)).minimize(scope, loss);
    return Step.of(loss).with(Step.EMBEDDING, z1);
  }

  private static Operand<TFloat32> alike(GraphScope s, Operand<TFloat32> p, Operand<TFloat32> z) {
    return s.tf().math.mean(Similarity.paired(s, p, s.tf().stopGradient(z)), s.ints(0));
  }
}
