package juxta.plugin.baselines.losses;

import java.util.List;
import java.util.Optional;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.contrast.SoftCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy of the softmax over cosines against a row-stochastic target matrix: {@code -mean_i
 * sum_c W[i, c] log softmax_c(cos(q_i, k_c) / temperature)}.
 */
public final class SoftTarget implements Loss {
  /** Divides the cosines. */
  public static final Setting<Double> TEMPERATURE =
      Temperature.SETTING.defaultsTo(0.2).source("PatchMix, config/pretrain");

  /** For the ServiceLoader. */
  public SoftTarget() {}

  @Override
  public String id() {
    return "soft-target";
  }

  @Override
  public String summary() {
    return "cross-entropy against soft targets: how alike each pair should be";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Shen et al.",
            "Inter-Instance Similarity Modeling for Contrastive Learning",
            2023,
            "https://arxiv.org/abs/2306.12243"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TEMPERATURE);
  }

  @Override
  public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
    Ops tf = scope.tf();
    Operand<TFloat32> rate = scope.constant((float) (1 / settings.get(TEMPERATURE)));
    Operand<TFloat32> logits = tf.math.mul(comparison.similarities(), rate); // [N, M]
    if (comparison.excluded().isPresent()) {
      logits = SoftCrossEntropy.without(scope, logits, comparison.excluded().get());
    }
    return SoftCrossEntropy.apply(scope, logits, comparison.targets());
  }
}
