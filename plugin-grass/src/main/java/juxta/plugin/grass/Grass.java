package juxta.plugin.grass;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.Tour;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.model.ImageFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * GraSS (<a href="https://arxiv.org/abs/2306.15868">arXiv 2306.15868</a>): two crops of a scene may
 * show different objects, so the gradient of the contrastive loss chooses a region in each of them,
 * and these regions are contrasted instead.
 *
 * <p>Phase 1, instance discrimination, is SimCLR. Each step of phase 2, guided sampling:
 *
 * <pre>
 *   X = [t(x); t'(x)]                                        [2N, H, W, C]
 *   F = f(X), h = mean of F over positions, z = g(h),  L = NT-Xent(z)
 *   A = attention(dL / dF, F)                                [2N, h, w]
 *   X'_i = the box of the strongest part of A_i > min + r (max - min), enlarged
 *   minimise L' = NT-Xent(g(f(X')))
 * </pre>
 *
 * <p>Only L' trains; X', A and the first pass get no gradient. Running statistics follow the second
 * pass only (own choice; the released code updates them in both).
 */
public final class Grass implements Method {
  private static final int PICTURED = 8;

  /** For the ServiceLoader. */
  public Grass() {}

  @Override
  public String id() {
    return "grass";
  }

  @Override
  public String summary() {
    return "contrasts the regions of two views at which the gradient of the loss points";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Zhang, Ren, Tao, Zhang, Peng, Li",
            "GraSS: Contrastive Learning with Gradient Guided Sampling Strategy for Remote Sensing"
                + " Image Semantic Segmentation",
            2023,
            "https://arxiv.org/abs/2306.15868"));
  }

  @Override
  public List<Setting<?>> settings() {
    return GrassSettings.ALL;
  }

  @Override
  public Set<String> presets() {
    return Set.of(PAPER, SMALL, GrassSettings.POINTING);
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return GrassSettings.preset(name, data);
  }

  @Override
  public Optional<Tour> tour() {
    return Optional.of(
        new Tour(
            "shapes",
            List.of("segmentation"),
            Map.ofEntries(
                Map.entry("data.train-size", "2000"),
                Map.entry("data.test-size", "500"),
                Map.entry("data.classes", "4"),
                Map.entry("data.variety", "0.3"),
                Map.entry("epochs", "16"),
                Map.entry("picture-epochs", "4"),
                Map.entry("segmentation.protocol", "small"),
                Map.entry("segmentation.labelled", "0.02"),
                Map.entry("segmentation.learning-rate", "2e-3"),
                Map.entry("segmentation.rate-decay", "0.98"),
                Map.entry("segmentation.epochs", "80")),
            180));
  }

  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    Length all = Length.of(sampler, setup.epochs());
    Schedule rate = GrassSettings.rate(setup, all);
    long plain =
        sampler.stepsPerEpoch() * Math.round(s.get(GrassSettings.DISCRIMINATION) * setup.epochs());
    long guided = all.steps() - plain;

    List<Phase> phases = new ArrayList<>();
    if (plain > 0 || guided == 0) {
      TrainingPhase discrimination =
          TrainingPhase.of(
              plain,
              sampler,
              Map.of(LEARNING_RATE, rate),
              context -> discriminate(setup, context, guided > 0));
      phases.add(new Phase.Training("discrimination", artefacts -> discrimination));
    }
    if (guided > 0) { // one training: records, rate and optimiser go on where they were
      Supplier<TrainingPhase> guidance = () -> guidance(setup, sampler, rate, plain, guided);
      phases.add(new Phase.Training("guided", artefacts -> guidance.get()));
    }
    return new Plan(phases, ImageFunctions.of(setup, "encoder"));
  }

  private static TrainingPhase guidance(
      Setup setup, Sampler sampler, Schedule rate, long first, long steps) {
    AtomicReference<GuidanceSheet> seen = new AtomicReference<>();
    TrainingPhase phase =
        TrainingPhase.of(
                steps,
                Rates.from(first, sampler),
                Map.of(LEARNING_RATE, Rates.from(first, rate)),
                context -> guide(setup, context, seen))
            .keepingOptimizer();
    int epochs = setup.settings().get(GrassSettings.PICTURES);
    return epochs == 0 ? phase : phase.validatedBy(Pictures.every(epochs, sampler, seen));
  }

  /** A step of SimCLR. */
  private static Step discriminate(Setup setup, StepContext context, boolean guidanceFollows) {
    GraphScope scope = context.scope();
    Branch fg = networks(setup, scope);
    Operand<TFloat32> x = views(setup, context); // [2N, H, W, C]
    Features features = fg.encoder().apply(x, Pass.TRAINING);
    Operand<TFloat32> h = features.embedding(); // [2N, D]
    Operand<TFloat32> loss = loss(setup, scope, fg.projection().apply(h, Pass.TRAINING));
    if (guidanceFollows) { // an encoder that cannot be guided is refused now, not after hours
      LossAttention.gradient(scope, loss, features.map(Features.FEATURE_MAP));
    }
    GrassSettings.optimizer(setup.settings()).minimize(scope, loss);
    return Step.of(loss).with(Step.EMBEDDING, h);
  }

  /** A step of guided sampling. */
  private static Step guide(Setup setup, StepContext context, AtomicReference<GuidanceSheet> seen) {
    GraphScope scope = context.scope();
    Settings s = setup.settings();
    Branch fg = networks(setup, scope);
    Operand<TFloat32> x = views(setup, context); // X, [2N, H, W, C]

    // the pass that guides: nothing of it is kept but the maps
    Features features = fg.encoder().apply(x, Pass.PROBING);
    Operand<TFloat32> z = fg.projection().apply(features.embedding(), Pass.PROBING); // [2N, out]
    Operand<TFloat32> a = // A, [2N, h, w]
        LossAttention.of(scope, loss(setup, scope, z), features.map(Features.FEATURE_MAP));

    int pictured = s.get(GrassSettings.PICTURES) == 0 ? 0 : PICTURED;
    Guidance guidance = new Guidance(context, x, a, s.get(GrassSettings.THRESHOLD), pictured, seen);

    // the pass that trains
    int side = setup.side(View.Kind.GLOBAL);
    Operand<TFloat32> crops = // X', [2N, H, W, C]
        Crops.of(scope, guidance.views(), guidance.boxes(), side);
    Branch.Encoded encoded = fg.apply(crops, Pass.TRAINING);
    Operand<TFloat32> loss = loss(setup, scope, encoded.projection()); // L'
    GrassSettings.optimizer(s).minimize(scope, loss);
    return guidance.guide(
        Step.of(loss)
            .with(Step.EMBEDDING, encoded.feature())
            .with("crop-area", Crops.area(scope, guidance.boxes(), side)));
  }

  /** f and g: linear, ReLU, linear, with biases; without the ReLU as released. */
  private static Branch networks(Setup setup, GraphScope scope) {
    Settings s = setup.settings();
    return Branch.online(
        setup,
        scope,
        (at, d) -> {
          Head first = Head.from(at, d).linear(s.get(GrassSettings.HIDDEN).orElse(d), true);
          return (s.get(GrassSettings.RELU) ? first.relu() : first)
              .linear(s.get(GrassSettings.OUT), true);
        });
  }

  /** First views, and below them second ones. */
  private static Operand<TFloat32> views(Setup setup, StepContext context) {
    Ops tf = context.scope().tf();
    TwoViews views = TwoViews.of(setup, context.scope(), context.batch());
    List<Long> stored = setup.data().train().field(Field.IMAGE).shape();
    int side = setup.side(View.Kind.GLOBAL);
    return tf.reshape( // which the graph does not always know
        tf.concat(List.of(views.x1(), views.x2()), tf.constant(0)),
        context
            .scope()
            .ints(2 * setup.batch(), side, side, stored.get(stored.size() - 1).intValue()));
  }

  /** NT-Xent: row i is to find row (i + N) mod 2N among all rows but itself. */
  private static Operand<TFloat32> loss(Setup setup, GraphScope scope, Operand<TFloat32> z) {
    int n = setup.batch();
    return setup.loss(
        scope,
        Comparison.of(Similarity.cosine(scope, z, z), Targets.otherView(scope, n))
            .excluding(Targets.excludeSelf(scope, 2 * n)));
  }
}
