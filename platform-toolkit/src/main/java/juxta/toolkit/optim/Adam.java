package juxta.toolkit.optim;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adam (<a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>), as PyTorch's {@code
 * Adam}: the steps of {@link AdamW}, but weight decay is part of the gradient.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param decay weight decay, part of the gradient
 * @param groups parameters that are treated differently
 */
public record Adam(
    double beta1, double beta2, double epsilon, WeightDecay decay, List<Group> groups)
    implements Optimizer {
  /**
   * Copies.
   *
   * @param beta1 see the record
   * @param beta2 see the record
   * @param epsilon see the record
   * @param decay see the record
   * @param groups see the record
   */
  public Adam {
    groups = List.copyOf(groups);
  }

  /**
   * With PyTorch's constants: 0.9, 0.999, 1e-8.
   *
   * @param decay the weight decay
   * @return the optimiser
   */
  public static Adam of(WeightDecay decay) {
    return new Adam(0.9, 0.999, 1e-8, decay, List.of());
  }

  /**
   * The same with other betas.
   *
   * @param first decay of the first moment
   * @param second decay of the second moment
   * @return a new optimiser
   */
  public Adam betas(double first, double second) {
    return new Adam(first, second, epsilon, decay, groups);
  }

  /**
   * The same with groups.
   *
   * @param own parameters that are treated differently
   * @return a new optimiser
   */
  public Adam groups(Group... own) {
    return new Adam(beta1, beta2, epsilon, decay, List.of(own));
  }

  @Override
  public void apply(GraphScope root, Map<Parameter<TFloat32>, Operand<TFloat32>> gradients) {
    Moments moments = Moments.of(root, beta1, beta2, epsilon);
    Target.each(
        root, gradients, decay, groups, t -> moments.step(t, t.afterRead(), t.decayedGradient()));
  }
}
