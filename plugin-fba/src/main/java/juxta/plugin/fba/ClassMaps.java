package juxta.plugin.fba;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The maps of one decoder of slices that part the classes, made of its logits; they are learned.
 */
final class ClassMaps {
  private final GraphScope scope;
  private final Conv2d conv;

  ClassMaps(GraphScope scope, int classes) {
    this.scope = scope;
    this.conv =
        new Conv2d(
            scope.sub("conv"), classes, classes, 3, 2, 1, Initializers.pytorch(), Optional.empty());
  }

  /** Maps of as many classes as there are logits. */
  ClassMaps(GraphScope scope, Operand<TFloat32> logits) {
    this(scope, (int) logits.shape().get(4));
  }

  /** Logits [N, X, Y, 1, K] to m [N, X/2, Y/2, K], in (0, 1). */
  Operand<TFloat32> apply(Operand<TFloat32> logits) {
    return scope.tf().math.sigmoid(conv.apply(Planes.of(scope, logits)));
  }
}
