package example;

import java.util.List;
import juxta.api.*;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The cross-entropy between how alike pairs should be and how alike they are. */
public final class SoftLabels implements Loss {
  static final Setting<Double> TEMPERATURE =
      Setting.real("temperature", 0.2)
          .range(1e-3, 1e3)
          .describe("divides the similarities")
          .source("own choice");

  @Override
  public String id() {
    return "soft-labels";
  }

  @Override
  public String summary() {
    return "cross-entropy of similarities against targets";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TEMPERATURE);
  }

  @Override
  public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
    var rate = scope.constant((float) (1 / settings.get(TEMPERATURE)));
    Operand<TFloat32> logits = scope.tf().math.mul(comparison.similarities(), rate); // [N, M]
    if (comparison.excluded().isPresent()) {
      logits = SoftCrossEntropy.without(scope, logits, comparison.excluded().get());
    }
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
