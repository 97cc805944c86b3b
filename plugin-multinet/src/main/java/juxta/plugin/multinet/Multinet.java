package juxta.plugin.multinet;

import static juxta.api.TrainingPhase.LEARNING_RATE;
import static juxta.api.TrainingPhase.MOMENTUM;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Method;
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
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Parts;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multi-network contrastive learning (arXiv 2306.15930; github.com/liweiquan39/MNCLGLF): a trained
 * network f, g, q sees three views of an image. Its predictions are to find what the same network
 * makes of combined parts of another view (local), and the neighbours, among past embeddings, of
 * what an average f_m, g_m of the network makes of another view (global).
 *
 * <pre>
 *   p_i = q(g(f(x_i)))                                    i = 1, 2, 3            [B, out]
 *   theta_m = m theta_m + (1 - m) theta                   of f_m, g_m
 *   v_n = f(quarter n of x_i),  c_ij = g((v_n + v_m)/2)   i = 1, 2, pair j       [B, out]
 *   u_i = g_m(f_m(x_i)),  n_i = nearest(u_i, queue)       i = 1, 3               [B, out]
 *   L_loc = 1/12 sum over j of InfoNCE(p_2, c_1j) + InfoNCE(p_1, c_2j)
 *   L_glo = 1/2 NTX(n_3, p_1) + 1/2 NTX(n_1, p_3)
 *   L = L_loc + 6 L_glo
 *   queue = [queue, u_3] without its oldest B rows
 * </pre>
 *
 * <p>No gradient flows through c, u and n. The gradient of all weights together is clipped, and the
 * learning rate of q does not decay.
 */
public final class Multinet implements Method {
  /** For the ServiceLoader. */
  public Multinet() {}

  @Override
  public String id() {
    return "multinet";
  }

  @Override
  public String summary() {
    return "three networks: whole images find parts of each other, and each other's neighbours";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Li, Long, Li",
            "Multi-network Contrastive Learning Based on Global and Local Representations",
            2023,
            "https://arxiv.org/abs/2306.15930"));
  }

  @Override
  public List<Setting<?>> settings() {
    return MultinetSettings.all();
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return MultinetPresets.of(name, data);
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
                Map.entry("encoder.width", "16"),
                Map.entry("knn.k", "20"),
                Map.entry("epochs", "30")),
            180));
  }

  @Override
  public Plan plan(Setup setup) {
    Fitness.check(setup);
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    Length length = Length.of(sampler, setup.epochs());
    Map<String, Schedule> schedules =
        Map.of(
            LEARNING_RATE, MultinetSettings.RECIPE.schedule(setup, length),
            MOMENTUM, MultinetSettings.AVERAGE.schedule(setup, length));
    return Plan.of(
        TrainingPhase.of(length.steps(), sampler, schedules, context -> step(setup, context)),
        ImageFunctions.of(setup, "encoder"));
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Settings s = setup.settings();
    boolean withLocal = s.get(MultinetSettings.LOCAL_WEIGHT) > 0;
    Networks net = Networks.of(setup, scope);
    Neighbours neighbours = Neighbours.of(setup, scope);
    Losses losses = new Losses(setup, scope);

    // 1. the trained network, a view at a time: batch statistics are those of one view
    Networks.Online one = net.online(view(setup, context, 0));
    Optional<Networks.Online> two = // only parts and what finds parts need it
        withLocal ? Optional.of(net.online(view(setup, context, 1))) : Optional.empty();
    Networks.Online three = net.online(view(setup, context, 2));

    // 2., 4. the averaged network, which by now has followed the trained one, and the neighbours
    Operand<TFloat32> u1 = net.averaged(one.x()); // [B, out]
    Operand<TFloat32> u3 = net.averaged(three.x());
    Operand<TFloat32> n1 = neighbours.of(u1);
    Operand<TFloat32> n3 = neighbours.of(u3);
    neighbours.enqueue(u3);

    // 6. the global loss
    Operand<TFloat32> global = losses.global(one.p(), three.p(), n1, n3);
    Operand<TFloat32> loss = weighted(scope, s.get(MultinetSettings.GLOBAL_WEIGHT), global);
    Step step = Step.of(loss);
    if (two.isPresent()) {
      // 3. the trained network on parts, without gradient; 5. the local loss
      Parts parts = MultinetSettings.parts(s);
      Operand<TFloat32> c1 = net.local(parts, one.x()); // [6 B, out]
      Operand<TFloat32> c2 = net.local(parts, two.get().x());
      Operand<TFloat32> local = losses.local(one.p(), two.get().p(), c1, c2);
      loss = tf.math.add(weighted(scope, s.get(MultinetSettings.LOCAL_WEIGHT), local), loss);
      step = Step.of(loss).with("loss-local", local);
    }

    // 7. clip and descend
    optimizer(setup, scope).minimize(scope, loss);
    return step.with("loss-global", global).with(Step.EMBEDDING, one.h());
  }

  /** x_(i + 1), [B, H, W, C]. */
  private static Operand<TFloat32> view(Setup setup, StepContext context, int i) {
    return setup.view(context.scope(), context.batch(), View.global(i)).image();
  }

  private static Operand<TFloat32> weighted(
      GraphScope scope, double weight, Operand<TFloat32> loss) {
    return weight == 1 ? loss : scope.tf().math.mul(scope.constant((float) weight), loss);
  }

  private static Optimizer optimizer(Setup setup, GraphScope scope) {
    Settings s = setup.settings();
    double rate = MultinetSettings.RECIPE.peak(setup);
    Optimizer descent =
        MultinetSettings.RECIPE.build(
            s, Group.below(scope.sub(Networks.PREDICTION).name()).constantRate(rate));
    double norm = s.get(MultinetSettings.CLIP);
    return norm > 0 ? descent.clipped(norm) : descent;
  }
}
