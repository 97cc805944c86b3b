package juxta.plugin.rivals;

import java.util.List;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * The supervised contrastive loss L_out (<a href="https://arxiv.org/abs/2004.11362">Khosla et al.
 * 2020</a>, equation 2), the logarithm inside and the mean over the positives P(i) outside:
 *
 * <pre>
 *   L = mean over i of -1/|P(i)| sum over p in P(i) of log softmax_a(z_i . z_a / tau)[p]
 * </pre>
 *
 * <p>Targets tell positives by being above 0, so smoothed ones are refused. A row without positives
 * counts as 0 and stays in the mean.
 */
public final class SupconLoss implements Loss {
  /** tau. */
  public static final Setting<Double> TEMPERATURE =
      Setting.real("temperature", 0.1)
          .range(1e-4, 100)
          .describe("the cosines are divided by it before the softmax")
          .source("SupCon, section 4.4; HobbitLong/SupContrast, README");

  /** Temperature at which the released code's factor is 1. */
  private static final double BASE = 0.07;

  /** Whether the loss has the released code's factor. */
  public static final Setting<Boolean> RESCALED =
      Setting.flag("rescaled", false)
          .describe("multiply by temperature / 0.07, as the released code; a factor on the rate")
          .source("own choice; HobbitLong/SupContrast, losses.py has it");

  /** For the ServiceLoader. */
  public SupconLoss() {}

  @Override
  public String id() {
    return "supcon";
  }

  @Override
  public String summary() {
    return "supervised contrastive: all positives of a query by softmax over cosines, mean of logs";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(Supcon.REFERENCE);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TEMPERATURE, RESCALED);
  }

  @Override
  public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
    if (comparison.smoothed()) {
      throw new UserException(
          "loss supcon: with smoothed targets every key would be a positive; leave label smoothing"
              + " at 0, or take --loss soft-target");
    }
    Ops tf = scope.tf();
    double tau = settings.get(TEMPERATURE);
    Operand<TFloat32> logits = // [N, M]
        tf.math.mul(comparison.similarities(), scope.constant((float) (1 / tau)));
    Operand<TFloat32> positive = // [N, M] of 0 and 1
        tf.dtypes.cast(
            tf.math.greater(tf.stopGradient(comparison.targets()), scope.constant(0)),
            TFloat32.class);
    if (comparison.excluded().isPresent()) {
      Operand<TFloat32> pairs = comparison.excluded().get();
      logits = SoftCrossEntropy.without(scope, logits, pairs);
      positive = tf.math.mul(positive, tf.math.sub(scope.constant(1), pairs));
    }
    Operand<TFloat32> count = // [N, 1]: |P(i)|, or 1
        tf.math.maximum(
            tf.reduceSum(positive, scope.ints(1), ReduceSum.keepDims(true)), scope.constant(1));
    Operand<TFloat32> loss = SoftCrossEntropy.apply(scope, logits, tf.math.div(positive, count));
    return settings.get(RESCALED) ? tf.math.mul(loss, scope.constant((float) (tau / BASE))) : loss;
  }
}
