package juxta.plugin.patchmix;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Linear layers without biases, each followed by BN, with ReLU between; the last BN has no affine
 * parameters (contrast_momentum.py of the reference implementation).
 */
final class Heads {
  private final GraphScope scope;
  private final List<Linear> layers = new ArrayList<>();
  private final List<BatchNorm> norms = new ArrayList<>();

  private Heads(GraphScope scope, int... widths) {
    this.scope = scope;
    for (int i = 1; i < widths.length; i++) {
      boolean last = i == widths.length - 1;
      // names of the reference: a sequence of linear, BN, ReLU
      layers.add(
          new Linear(scope.sub(Integer.toString(3 * i - 3)), widths[i - 1], widths[i], false));
      norms.add(new BatchNorm(scope.sub(Integer.toString(3 * i - 2)), widths[i], !last, 1));
    }
  }

  /** P: d -> hidden -> hidden -> out. */
  static Heads projector(GraphScope scope, int in, int hidden, int out) {
    return new Heads(scope, in, hidden, hidden, out);
  }

  /** Q: out -> hidden -> out. */
  static Heads predictor(GraphScope scope, int hidden, int out) {
    return new Heads(scope, out, hidden, out);
  }

  /** [B, in] to [B, out]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> y = x;
    for (int i = 0; i < layers.size(); i++) {
      y = norms.get(i).apply(layers.get(i).apply(y), pass);
      if (i < layers.size() - 1) {
        y = scope.tf().nn.relu(y);
      }
    }
    return y;
  }
}
