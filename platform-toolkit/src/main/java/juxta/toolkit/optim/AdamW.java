package juxta.toolkit.optim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (<a href="https://arxiv.org/abs/1711.05101">Loshchilov and
 * Hutter 2019</a>), as PyTorch's {@code AdamW}; t counts steps from 1:
 *
 * <pre>
 * w -= rate * decay * w
 * m  = beta1 * m + (1 - beta1) * g
 * v  = beta2 * v + (1 - beta2) * g^2
 * w -= rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param decay weight decay, apart from the gradient
 * @param groups parameters that are treated differently
 */
public record AdamW(
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
  public AdamW {
    groups = List.copyOf(groups);
  }

  /**
   * With PyTorch's constants: 0.9, 0.999, 1e-8.
   *
   * @param decay the weight decay
   * @return the optimiser
   */
  public static AdamW of(WeightDecay decay) {
    return new AdamW(0.9, 0.999, 1e-8, decay, List.of());
  }

  /**
   * The same with other betas.
   *
   * @param first decay of the first moment
   * @param second decay of the second moment
   * @return a new optimiser
   */
  public AdamW betas(double first, double second) {
    return new AdamW(first, second, epsilon, decay, groups);
  }

  /**
   * The same with groups.
   *
   * @param own parameters that are treated differently
   * @return a new optimiser
   */
  public AdamW groups(Group... own) {
    return new AdamW(beta1, beta2, epsilon, decay, List.of(own));
  }

  @Override
  public void apply(GraphScope root, Map<Parameter<TFloat32>, Operand<TFloat32>> gradients) {
    Moments moments = Moments.of(root, beta1, beta2, epsilon);
    Target.each(root, gradients, decay, groups, t -> update(t, moments));
  }

  private static void update(Target target, Moments moments) {
    Ops tf = target.afterRead();
    Optional<Op> decayed =
        target
            .decay()
            .map(
                rate ->
                    tf.assignVariableOp(
                        target.parameter().handle(),
                        tf.math.mul(
                            target.parameter().value(),
                            tf.math.sub(tf.constant(1f), tf.math.mul(target.rate(), rate)))));
    // the step is taken in place, so it must come after the decay
    Ops after = decayed.map(op -> tf.withControlDependencies(List.of(op))).orElse(tf);
    moments.step(target, after, target.gradient());
  }
}
