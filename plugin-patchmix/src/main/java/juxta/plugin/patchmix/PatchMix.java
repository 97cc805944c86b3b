package juxta.plugin.patchmix;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;
import static juxta.api.TrainingPhase.WEIGHT_DECAY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.Network;
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
import juxta.api.Tour;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.MultiCrop;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.optim.AdamW;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * PatchMix: images made of the patches of M images are as alike to each original, and to each
 * other, as the share of patches says (arXiv 2306.12243).
 *
 * <p>Each step: x1, x2 are two views; x1m = mix(x1), x2m = mix(x2). With the online network q =
 * Q(P(F_o(x))) and the averaged one k = P_m(F_m(x)),
 *
 * <pre>
 *   L = CE(q1, k2, I) + 1/2 CE(q2m, k1, W_mo) + 1/2 CE(q2m, k1m, W_mm)
 *       + 1/n sum over local views c of
 *           CE(u_c, k1, I) + CE(u_c, k2, I) + CE(um_c, k1, W_mo) + CE(um_c, k2, W_mo)
 * </pre>
 */
public final class PatchMix implements Method {
  /** Creates the method. */
  public PatchMix() {}

  @Override
  public String id() {
    return "patchmix";
  }

  @Override
  public String summary() {
    return "similarities between instances, known exactly because patches were mixed";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Shen, Liu, Tang, Qu, Wang",
            "Inter-Instance Similarity Modeling for Contrastive Learning",
            2023,
            "https://arxiv.org/abs/2306.12243"));
  }

  @Override
  public List<Setting<?>> settings() {
    return PatchMixSettings.ALL;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return PatchMixSettings.preset(name, data);
  }

  @Override
  public Optional<Tour> tour() {
    return Optional.of(
        new Tour(
            "shapes",
            List.of("linear", "knn"),
            Map.ofEntries(
                Map.entry("data.train-size", "2000"),
                Map.entry("data.test-size", "500"),
                Map.entry("data.variety", "0.5"),
                Map.entry("knn.k", "20"),
                Map.entry("epochs", "12")),
            90));
  }

  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    check(setup);
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    long perEpoch = sampler.stepsPerEpoch();
    long steps = perEpoch * setup.epochs();
    long all = Math.max(1, steps);
    long warmup = Math.min(steps, Math.round(s.get(PatchMixSettings.WARMUP) * perEpoch));
    double rate = s.get(PatchMixSettings.RATE) * setup.batch() / 256;
    Map<String, Schedule> schedules =
        Map.of(
            LEARNING_RATE, Schedules.warmupCosine(rate, 1e-6, warmup, all),
            WEIGHT_DECAY,
                Schedules.cosine(
                    s.get(PatchMixSettings.DECAY), s.get(PatchMixSettings.DECAY_END), all),
            MOMENTUM, Schedules.cosine(s.get(PatchMixSettings.MOMENTUM_BASE), 1, all));
    String kept = s.get(PatchMixSettings.MOMENTUM) ? "momentum.encoder" : "encoder";
    return Plan.of(
        TrainingPhase.of(steps, sampler, schedules, context -> step(setup, context)),
        ImageFunctions.of(setup, kept));
  }

  private static void check(Setup setup) {
    Settings s = setup.settings();
    int patch = s.get(PatchMixSettings.PATCH);
    int images = s.get(PatchMixSettings.IMAGES);
    List<String> problems = new ArrayList<>();
    if (images > setup.batch()) {
      problems.add(
          "images-mixed: " + images + " images do not fit into a batch of " + setup.batch());
    }
    List<View.Kind> kinds = new ArrayList<>(List.of(View.Kind.GLOBAL));
    if (s.get(PatchMixSettings.LOCAL) > 0) {
      kinds.add(View.Kind.LOCAL);
    }
    for (View.Kind kind : kinds) {
      int side = setup.side(kind);
      String views = (kind == View.Kind.LOCAL ? "local views" : "views") + " of side " + side;
      int patches = (side / patch) * (side / patch);
      if (side % patch != 0) {
        problems.add(
            "mix-patch: "
                + views
                + " do not divide into patches of side "
                + patch
                + "; pass --set mix-patch=N with a divisor of "
                + side
                + (kind == View.Kind.LOCAL ? ", or --set augmentation.local-side=N" : ""));
      } else if (images > patches) {
        problems.add(
            "images-mixed: "
                + images
                + " images do not fit into the "
                + patches
                + " patches of "
                + views);
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    Settings s = setup.settings();
    int b = setup.batch();
    Mixing mixing = new Mixing(s.get(PatchMixSettings.IMAGES), s.get(PatchMixSettings.PATCH), b);
    Decision decision = Decision.of(scope, s.get(PatchMixSettings.PROBABILITY));
    double smoothing = s.get(PatchMixSettings.SMOOTHING);
    Operand<TFloat32> same = // I
        Mixing.smooth(scope, Targets.identity(scope, b), smoothing);
    Operand<TFloat32> toOriginals = // W_mo
        Mixing.smooth(
            scope,
            decision.choose(mixing.toOriginals(scope), Targets.identity(scope, b)),
            smoothing);
    Operand<TFloat32> toMixed = // W_mm
        Mixing.smooth(
            scope, decision.choose(mixing.toMixed(scope), Targets.identity(scope, b)), smoothing);

    MultiCrop x = MultiCrop.of(setup, scope, context.batch(), s.get(PatchMixSettings.LOCAL));
    Operand<TFloat32> x1 = x.global().get(0); // [B, H, H, C]
    Operand<TFloat32> x2 = x.global().get(1);
    Operand<TFloat32> x1m = decision.choose(mixing.mix(scope, x1), x1); // [B, H, H, C]
    Operand<TFloat32> x2m = decision.choose(mixing.mix(scope, x2), x2);

    Branches net = Branches.of(setup, scope);
    Branches.Query q1 = net.query(x1); // [B, out]
    Branches.Query q2m = net.query(x2m);
    Operand<TFloat32> k1 = net.firstKey(x1, q1);
    Operand<TFloat32> k2 = net.key(x2);
    Operand<TFloat32> k1m = net.key(x1m);

    Terms ce = new Terms(setup, scope);
    Operand<TFloat32> oneToOne = ce.of(q1.prediction(), k2, same);
    Operand<TFloat32> mixToOne = ce.of(q2m.prediction(), k1, toOriginals);
    Operand<TFloat32> mixToMix = ce.of(q2m.prediction(), k1m, toMixed);
    Ops tf = scope.tf();
    Operand<TFloat32> loss =
        tf.math.add(oneToOne, tf.math.mul(scope.constant(0.5f), tf.math.add(mixToOne, mixToMix)));
    if (!x.local().isEmpty()) {
      loss =
          tf.math.add(
              loss, local(scope, x.local(), net, mixing, decision, ce, k1, k2, same, toOriginals));
    }
    AdamW.of(WeightDecay.scheduled()).minimize(scope, loss);
    return Step.of(loss)
        .with("loss-one-to-one", oneToOne)
        .with("loss-mix-to-one", mixToOne)
        .with("loss-mix-to-mix", mixToMix)
        .with(Step.EMBEDDING, q1.feature());
  }

  /** The terms of the local views; plain ones run as one batch, mixed ones as another. */
  private static Operand<TFloat32> local(
      GraphScope scope,
      List<Operand<TFloat32>> plain,
      Branches net,
      Mixing mixing,
      Decision decision,
      Terms ce,
      Operand<TFloat32> k1,
      Operand<TFloat32> k2,
      Operand<TFloat32> same,
      Operand<TFloat32> toOriginals) {
    Ops tf = scope.tf();
    int n = plain.size();
    List<Operand<TFloat32>> mixed = new ArrayList<>();
    plain.forEach(view -> mixed.add(decision.choose(mixing.mix(scope, view), view)));
    // The mean over the rows of all local views is the mean of the views' means. One comparison for
    // all of them: TensorFlow goes back through the inputs of a sum of many in no fixed order, and
    // runs with one seed would differ.
    Operand<TFloat32> u = net.queries(plain); // [n B, out]
    Operand<TFloat32> um = net.queries(mixed);
    Operand<TFloat32> toSame = tf.tile(same, scope.ints(n, 1)); // [n B, B]
    Operand<TFloat32> toParts = tf.tile(toOriginals, scope.ints(n, 1));
    return tf.math.add(
        tf.math.add(ce.of(u, k1, toSame), ce.of(u, k2, toSame)),
        tf.math.add(ce.of(um, k1, toParts), ce.of(um, k2, toParts)));
  }

  /** CE(q, k, W): cross-entropy of softmax(cos(q, k) / tau) against W. */
  private record Terms(Setup setup, GraphScope scope) {
    Operand<TFloat32> of(Operand<TFloat32> q, Operand<TFloat32> k, Operand<TFloat32> w) {
      Comparison comparison = Comparison.of(Similarity.cosine(scope, q, k), w);
      boolean smoothed = setup.settings().get(PatchMixSettings.SMOOTHING) > 0;
      return setup.loss(scope, smoothed ? comparison.withSmoothedTargets() : comparison);
    }
  }

  /** Whether the images of this step are mixed: drawn once, for both views and all targets. */
  private record Decision(GraphScope scope, Optional<Operand<TFloat32>> mixed) {
    static Decision of(GraphScope scope, double probability) {
      if (probability >= 1) {
        return new Decision(scope, Optional.empty());
      }
      Ops tf = scope.tf();
      Operand<TFloat32> draw = tf.random.statelessRandomUniform(scope.ints(), scope.seed("mix"));
      return new Decision(
          scope,
          Optional.of(
              tf.dtypes.cast(
                  tf.math.less(draw, scope.constant((float) probability)), TFloat32.class)));
    }

    Operand<TFloat32> choose(Operand<TFloat32> yes, Operand<TFloat32> no) {
      if (mixed.isEmpty()) {
        return yes;
      }
      Ops tf = scope.tf();
      return tf.math.add(
          tf.math.mul(mixed.get(), yes),
          tf.math.mul(tf.math.sub(scope.constant(1), mixed.get()), no));
    }
  }

  /** The online network F_o, P, Q and what makes keys: F_m, P_m, or F_o, P without gradient. */
  private record Branches(
      GraphScope scope,
      Network encoder,
      Heads projector,
      Heads predictor,
      Optional<Network> averagedEncoder,
      Optional<Heads> averagedProjector) {
    /** What the online network makes of a batch. */
    record Query(
        Operand<TFloat32> feature, Operand<TFloat32> projection, Operand<TFloat32> prediction) {}

    static Branches of(Setup setup, GraphScope scope) {
      Settings s = setup.settings();
      int hidden = s.get(PatchMixSettings.HIDDEN);
      int out = s.get(PatchMixSettings.OUT);
      GraphScope online = scope.sub("encoder");
      GraphScope projection = scope.sub("projector");
      Network encoder = setup.encoder(online);
      Heads projector = Heads.projector(projection, encoder.width(), hidden, out);
      Heads predictor = Heads.predictor(scope.sub("predictor"), hidden, out);
      if (!s.get(PatchMixSettings.MOMENTUM)) {
        return new Branches(
            scope, encoder, projector, predictor, Optional.empty(), Optional.empty());
      }
      Operand<TFloat32> m = scope.scalar(MOMENTUM);
      GraphScope copy = scope.sub("momentum");
      return new Branches(
          scope,
          encoder,
          projector,
          predictor,
          Optional.of(setup.encoder(copy.sub("encoder").averageOf(online, m))),
          Optional.of(
              Heads.projector(
                  copy.sub("projector").averageOf(projection, m), encoder.width(), hidden, out)));
    }

    Query query(Operand<TFloat32> x) {
      Operand<TFloat32> feature = encoder.apply(x, Pass.TRAINING).embedding(); // [B, d]
      Operand<TFloat32> projection = projector.apply(feature, Pass.TRAINING); // [B, out]
      return new Query(feature, projection, predictor.apply(projection, Pass.TRAINING));
    }

    /** Queries of several batches as one. */
    Operand<TFloat32> queries(List<Operand<TFloat32>> batches) {
      return query(MultiCrop.join(scope, batches)).prediction();
    }

    /** k1, which without an averaged network is the projection that q1 was made from. */
    Operand<TFloat32> firstKey(Operand<TFloat32> x, Query q1) {
      return averagedEncoder.isPresent() ? key(x) : scope.tf().stopGradient(q1.projection());
    }

    Operand<TFloat32> key(Operand<TFloat32> x) {
      Pass pass = averagedEncoder.isPresent() ? Pass.TARGET : Pass.TRAINING;
      Operand<TFloat32> feature = averagedEncoder.orElse(encoder).apply(x, pass).embedding();
      return scope.tf().stopGradient(averagedProjector.orElse(projector).apply(feature, pass));
    }
  }
}
