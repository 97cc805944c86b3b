package juxta.plugin.baselines.losses;

import java.util.List;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The normalised temperature-scaled cross-entropy: how much of a query's softmax mass falls on its
 * positives, {@code -mean_i log sum_c [W[i, c] > 0] softmax_c(cos(q_i, k_c) / temperature)}. With
 * one positive a row this is SimCLR's loss. Targets tell positives by being above 0, so smoothed
 * ones are refused.
 */
public final class NtXent implements Loss {
  private static final float MASKED = -1e9f;

  /** Divides the cosines. */
  public static final Setting<Double> TEMPERATURE = Temperature.SETTING;

  /** For the ServiceLoader. */
  public NtXent() {}

  @Override
  public String id() {
    return "ntxent";
  }

  @Override
  public String summary() {
    return "NT-Xent (InfoNCE): the positive among all keys, by softmax over cosines";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chen, Kornblith, Norouzi, Hinton",
            "A Simple Framework for Contrastive Learning of Visual Representations",
            2020,
            "https://arxiv.org/abs/2002.05709"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TEMPERATURE);
  }

  @Override
  public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
    if (comparison.smoothed()) {
      throw new UserException(
          "loss ntxent: with smoothed targets every key would be a positive; leave label smoothing"
              + " at 0, or take --loss soft-target");
    }
    Ops tf = scope.tf();
    Operand<TFloat32> rate = scope.constant((float) (1 / settings.get(TEMPERATURE)));
    Operand<TFloat32> masked = scope.constant(MASKED);
    Operand<TFloat32> logits = tf.math.mul(comparison.similarities(), rate); // [N, M]
    if (comparison.excluded().isPresent()) {
      logits = tf.math.add(logits, tf.math.mul(comparison.excluded().get(), masked));
    }
    Operand<TFloat32> positive = // [N, M] of 0 and 1
        tf.dtypes.cast(
            tf.math.greater(tf.stopGradient(comparison.targets()), scope.constant(0)),
            TFloat32.class);
    Operand<TFloat32> others = tf.math.mul(tf.math.sub(scope.constant(1), positive), masked);
    Operand<TFloat32> all = logSumExp(scope, logits); // [N]
    Operand<TFloat32> own = logSumExp(scope, tf.math.add(logits, others)); // [N]
    return tf.math.mean(tf.math.sub(all, own), scope.ints(0));
  }

  private static Operand<TFloat32> logSumExp(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> top = // [N, 1]
        tf.stopGradient(tf.max(x, scope.ints(1), org.tensorflow.op.core.Max.keepDims(true)));
    Operand<TFloat32> sum = tf.reduceSum(tf.math.exp(tf.math.sub(x, top)), scope.ints(1)); // [N]
    return tf.math.add(
        tf.math.log(sum), tf.squeeze(top, org.tensorflow.op.core.Squeeze.axis(List.of(1L))));
  }
}
