package juxta.testkit;

import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Settings;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Softmax cross-entropy. */
record TinyLoss() implements Loss {
  private static final float TEMPERATURE = 0.2f;

  @Override
  public String id() {
    return Tiny.ID;
  }

  @Override
  public String summary() {
    return "softmax cross-entropy";
  }

  @Override
  public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
    Operand<TFloat32> logits =
        scope.tf().math.div(comparison.similarities(), scope.constant(TEMPERATURE));
    if (comparison.excluded().isPresent()) {
      logits = SoftCrossEntropy.without(scope, logits, comparison.excluded().get());
    }
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
