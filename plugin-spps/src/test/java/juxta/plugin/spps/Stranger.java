package juxta.plugin.spps;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.DataSummary;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.Sgd;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Embeddings of two views are to point the same way; its keys mean other things than SimCLR's. */
class Stranger implements PairwiseMethod {
  /** A word where others have a number. */
  static final Setting<String> KIND =
      Setting.choice("projection-out", "none", "none", "negated")
          .describe("what is compared")
          .source("own choice");

  /** A range of its own. */
  static final Setting<Double> RATE =
      Setting.real("base-rate", 0.5).range(0, 4).describe("learning rate").source("own choice");

  @Override
  public String id() {
    return "the-stranger";
  }

  @Override
  public String summary() {
    return "two views point the same way";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(KIND, RATE);
  }

  @Override
  public Set<String> presets() {
    return Set.of(PAPER, "quick");
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return Map.of(
        "encoder", "resnet-small",
        "augmentation", "cifar",
        "base-rate", name.equals("quick") ? "3" : "2",
        "epochs", "7",
        "batch", "8");
  }

  @Override
  public Plan plan(Setup setup) {
    return PairwiseTraining.plan(this, setup);
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    double rate = setup.settings().get(RATE);
    return Map.of(LEARNING_RATE, (step, history) -> rate);
  }

  @Override
  public Step objective(Setup setup, GraphScope scope, TwoViews x) {
    Network f = setup.encoder(scope.sub("encoder"));
    Operand<TFloat32> h1 = f.apply(x.x1(), Pass.TRAINING).embedding(); // [B, D]
    Operand<TFloat32> h2 = f.apply(x.x2(), Pass.TRAINING).embedding();
    Operand<TFloat32> cosine =
        scope.tf().math.mean(Similarity.paired(scope, h1, h2), scope.ints(0));
    return Step.of(scope.tf().math.neg(cosine)).with(Step.EMBEDDING, h1).with("cosine", cosine);
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return Sgd.of(0.9);
  }
}
