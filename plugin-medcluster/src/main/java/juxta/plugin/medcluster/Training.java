package juxta.plugin.medcluster;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.optim.Adam;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * MedCluster's phases. With two views x_i, x_j of each image, encoder f with its latent layer,
 * projection head g and decoder d:
 *
 * <pre>
 *   represent   h = f(x), z = g(h), x̂ = d(h)
 *               minimise L1 = NT-Xent(z) + 0.1 [ MSE(x̂_i, x_i) + MSE(x̂_j, x_j) ]
 *   cluster     H = f(all training images); K by the elbow of k-means, or given
 *               mu_k = centre k of k-means
 *   condition   c = softmax(h M / tau_c), M = [mu_1 ... mu_K], x̂ = d(h, c)
 *               minimise L2 = MSE(x̂_i, x_i) + MSE(x̂_j, x_j)
 *               after each step, mu_k = mean h of those x_i whose c is greatest at k
 *               (with condition-frozen f is as the first phase left it, and d alone is trained)
 *   finish      cluster -> class, the Gaussian that samples are drawn from, pictures
 * </pre>
 *
 * <p>Both views pass the networks as one batch (own choice). Of the variational variant, h is drawn
 * around f's m, both losses have beta KL(N(m, e^v) || N(0, 1)) added, and m is what is clustered.
 */
final class Training {
  private Training() {}

  /**
   * Plans a run.
   *
   * @param setup what was chosen
   * @param contrast weight of the contrastive loss
   */
  static Plan plan(Setup setup, double contrast) {
    Settings s = setup.settings();
    MedClusterSettings.check(s, setup.data().train().size());
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    long all = Length.of(sampler, setup.epochs()).steps();
    long second = Math.round(s.get(MedClusterSettings.SHARE) * all);
    boolean conditions = second > 0 && s.get(MedClusterSettings.END).equals("condition");
    Design design = Design.of(setup, conditions);
    List<Phase> phases = new ArrayList<>();
    phases.add(
        training(design, "represent", all - second, sampler, (d, c) -> represent(d, c, contrast)));
    phases.add(new Phase.Task("cluster", new ClusterTask(setup)::run));
    if (conditions) {
      phases.add(training(design, "condition", second, sampler, Training::condition));
    }
    phases.add(new Phase.Task("finish", new FinishTask(design)::run));
    return new Plan(phases, Functions.of(design));
  }

  private static Phase training(
      Design design,
      String name,
      long steps,
      Sampler sampler,
      BiFunction<Design, StepContext, Step> step) {
    double rate = design.setup().settings().get(MedClusterSettings.RATE);
    TrainingPhase phase =
        TrainingPhase.of(
            steps,
            sampler,
            Map.of(LEARNING_RATE, Schedule.constant(rate)),
            context -> step.apply(design, context));
    return new Phase.Training(name, artefacts -> phase);
  }

  /** A step of the first phase. */
  static Step represent(Design design, StepContext context, double contrast) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Settings s = design.setup().settings();
    int b = design.setup().batch();
    Autoencoder f = new Autoencoder(scope, design);
    Operand<TFloat32> x = views(design.setup(), context); // [2B, H, W, C]
    Latent.Code code = f.code(x);
    Operand<TFloat32> errors = errors(scope, f.decode(code.h(), Pass.TRAINING), x);
    Operand<TFloat32> loss =
        tf.math.mul(errors, scope.constant(s.get(MedClusterSettings.RECONSTRUCTION).floatValue()));
    Step step =
        Step.of(loss).with("reconstruction", tf.identity(errors)).with(Step.EMBEDDING, code.m());
    if (contrast > 0) {
      Operand<TFloat32> z = f.project(code.h(), Pass.TRAINING); // [2B, Q]
      Operand<TFloat32> apart = Contrast.of(design.setup(), scope, z, b); // L_con
      loss = tf.math.add(tf.math.mul(apart, scope.constant((float) contrast)), loss);
      step = step.with("contrastive", apart);
    }
    return minimised(design, scope, step, code, loss);
  }

  /** A step of the second phase. */
  static Step condition(Design design, StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Autoencoder f = new Autoencoder(scope, design);
    Operand<TFloat32> x = views(design.setup(), context); // [2B, H, W, C]
    Latent.Code code =
        design.setup().settings().get(MedClusterSettings.FROZEN) ? f.keptCode(x) : f.code(x);
    Operand<TFloat32> c = f.prototypes().soft(code.m()); // [2B, K]
    Operand<TFloat32> errors = errors(scope, f.decode(code.h(), c, Pass.TRAINING), x); // L2
    Operand<TFloat32> first = firstViews(tf, code.m(), design.setup().batch()); // [B, Q]
    Operand<TInt32> clusters = // [B]
        f.prototypes().likeliest(firstViews(tf, c, design.setup().batch()));
    f.prototypes().follow(first, clusters, design.setup().settings().get(MedClusterSettings.MIX));
    Step step =
        Step.of(errors).with("reconstruction", tf.identity(errors)).with(Step.EMBEDDING, code.m());
    return minimised(design, scope, step, code, errors);
  }

  private static Step minimised(
      Design design, GraphScope scope, Step step, Latent.Code code, Operand<TFloat32> without) {
    Operand<TFloat32> loss = without;
    Step said = step;
    if (code.v().isPresent()) {
      double beta = design.setup().settings().get(MedClusterSettings.DIVERGENCE);
      Operand<TFloat32> kl = Latent.divergence(scope, code.m(), code.v().get());
      loss = scope.tf().math.add(loss, scope.tf().math.mul(kl, scope.constant((float) beta)));
      said = said.with("divergence", kl);
    }
    Adam.of(WeightDecay.NONE).minimize(scope, loss);
    return said.with(Step.LOSS, loss);
  }

  /** MSE(x̂_i, x_i) + MSE(x̂_j, x_j), each over all elements: twice the mean over both. */
  private static Operand<TFloat32> errors(
      GraphScope scope, Operand<TFloat32> decoded, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> mean =
        tf.math.mean(tf.math.squaredDifference(decoded, x), scope.ints(0, 1, 2, 3));
    return tf.math.mul(mean, scope.constant(2));
  }

  /** First views, and below them second ones. */
  private static Operand<TFloat32> views(Setup setup, StepContext context) {
    TwoViews views = TwoViews.of(setup, context.scope(), context.batch());
    Ops tf = context.scope().tf();
    return tf.concat(List.of(views.x1(), views.x2()), tf.constant(0));
  }

  private static Operand<TFloat32> firstViews(Ops tf, Operand<TFloat32> both, int b) {
    return tf.slice(both, tf.constant(new int[] {0, 0}), tf.constant(new int[] {b, -1}));
  }
}
