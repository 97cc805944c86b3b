package juxta.plugin.multinet;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.TrainingPhase;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Parts;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The three networks: the trained one f, g, q; its average f_m, g_m; and f, g once more without
 * gradient, for parts. All run on the statistics of their own batch, and all passes through f and g
 * move the running statistics, those of the parts too (train.py of the reference implementation).
 *
 * @param scope where they are
 * @param trained f, g
 * @param predictor q
 * @param average f_m, g_m
 */
record Networks(GraphScope scope, Branch trained, Head predictor, Branch average) {
  /** Where q is. */
  static final String PREDICTION = "prediction";

  /**
   * What the trained network makes of a view.
   *
   * @param x the view, [B, H, W, C]
   * @param h f(x), [B, D]
   * @param p q(g(h)), [B, out]
   */
  record Online(Operand<TFloat32> x, Operand<TFloat32> h, Operand<TFloat32> p) {}

  static Networks of(Setup setup, GraphScope scope) {
    Settings s = setup.settings();
    int out = s.get(MultinetSettings.OUT);
    Branch.Projection g = (at, d) -> projector(at, d, s.get(MultinetSettings.HIDDEN), out);
    Branch trained = Branch.online(setup, scope, g);
    Head q =
        Head.from(scope.sub(PREDICTION), out)
            .linear(s.get(MultinetSettings.PREDICTION), true)
            .norm()
            .relu()
            .linear(out, true);
    GraphScope copy = s.get(MultinetSettings.COPY) ? scope : new OwnStart(scope);
    Branch average = Branch.averaged(setup, copy, g, scope.scalar(TrainingPhase.MOMENTUM));
    return new Networks(scope, trained, q, average);
  }

  private static Head projector(GraphScope at, int d, int hidden, int out) {
    return Head.from(at, d)
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(hidden, true)
        .norm()
        .relu()
        .linear(out, true)
        .norm();
  }

  /** p = q(g(f(x))) of a view, [B, H, W, C]. */
  Online online(Operand<TFloat32> x) {
    Branch.Encoded z = trained.apply(x, Pass.TRAINING);
    return new Online(x, z.feature(), predictor.apply(z.projection(), Pass.TRAINING));
  }

  /** u = g_m(f_m(x)) of a view, [B, out], without gradient. */
  Operand<TFloat32> averaged(Operand<TFloat32> x) {
    return scope.tf().stopGradient(average.apply(x, Pass.TARGET).projection());
  }

  /**
   * c_j = g(mean of f(part)) of the combinations j of parts of a view, without gradient: [n B,
   * out], combination by combination.
   */
  Operand<TFloat32> local(Parts parts, Operand<TFloat32> x) {
    Operand<TFloat32> v = // [P B, D]
        trained.encoder().apply(parts.cut(scope, x), Pass.TARGET).embedding();
    Operand<TFloat32> combined = parts.combine(scope, v, trained.encoder().width()); // [n B, D]
    return scope.tf().stopGradient(trained.projection().apply(combined, Pass.TARGET));
  }
}
