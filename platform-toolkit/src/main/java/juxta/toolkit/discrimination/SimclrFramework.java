package juxta.toolkit.discrimination;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Pass;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SimCLR (<a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>), algorithm 1: z =
 * g(f(view)) of 2B views; row i is to find row (i + B) mod 2B among all other rows.
 *
 * <p>The head is linear, BN, ReLU, linear, BN; linear layers have no biases and start from N(0,
 * 0.01), the last BN has a scale but no bias (google-research/simclr, tf2/model.py).
 */
public final class SimclrFramework implements Framework {
  /** Hidden width of g. */
  public static final Setting<Integer> HIDDEN =
      Widths.projectionHidden(0, "google-research/simclr, tf2/model.py");

  /** Output width of g. */
  public static final Setting<Integer> OUT =
      Widths.projectionOut(128, "section 4.2; google-research/simclr");

  /** How it is optimised. */
  public static final Recipe RECIPE =
      Recipe.of("lars", 0.3, 1e-6, 10, "SimCLR, section 2.2").sparingBiases();

  private static final Initializer<TFloat32> SMALL = Initializers.normal(0.01);

  /** Creates the framework. */
  public SimclrFramework() {}

  @Override
  public String id() {
    return "simclr";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT));
    all.addAll(RECIPE.settings());
    return all;
  }

  /** Those of solo-learn's recipe for CIFAR. */
  @Override
  public Map<String, String> smallScale() {
    return Map.of(
        "projection-hidden", "2048",
        "projection-out", "256",
        "optimizer", "lars-clipped",
        "base-rate", "0.4",
        "weight-decay", "1e-4");
  }

  @Override
  public Map<String, Schedule> schedules(Setup setup, Length length) {
    return Map.of(LEARNING_RATE, RECIPE.schedule(setup, length));
  }

  @Override
  public Objective objective(Setup setup, GraphScope scope, TwoViews views) {
    Settings s = setup.settings();
    Branch fg =
        Branch.online(
            setup,
            scope,
            (at, d) ->
                Head.from(at, d)
                    .linear(Widths.orEncoders(s.get(HIDDEN), d), SMALL)
                    .norm()
                    .relu()
                    .linear(s.get(OUT), SMALL)
                    .scaledNorm());
    Operand<TFloat32> x = // [2B, H, W, C], view-major
        scope.tf().concat(List.of(views.x1(), views.x2()), scope.tf().constant(0));
    Branch.Encoded encoded = fg.apply(x, Pass.TRAINING);
    Operand<TFloat32> z = encoded.projection(); // [2B, out]
    Operand<TFloat32> similarities = Similarity.cosine(scope, z, z); // [2B, 2B]
    Operand<TFloat32> loss =
        setup.loss(
            scope,
            Comparison.of(similarities, Targets.otherView(scope, setup.batch()))
                .excluding(excluded(scope, views, setup.batch())));
    return new Objective(loss, encoded.feature());
  }

  /** The rows themselves, and views that must not repel each other; never the positives. */
  private static Operand<TFloat32> excluded(GraphScope scope, TwoViews views, int b) {
    Operand<TFloat32> self = Targets.excludeSelf(scope, 2 * b); // [2B, 2B]
    if (views.apart().isEmpty()) {
      return self;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> negative =
        tf.math.sub(scope.constant(1), Targets.otherView(scope, b)); // 0 at the positives
    return tf.math.maximum(self, tf.math.mul(views.apart().get(), negative));
  }

  @Override
  public Optimizer optimizer(Setup setup, GraphScope scope) {
    return RECIPE.of(setup.settings());
  }
}
