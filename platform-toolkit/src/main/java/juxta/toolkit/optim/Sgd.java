package juxta.toolkit.optim;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent with momentum, as PyTorch's {@code SGD} without dampening:
 *
 * <pre>
 * u  = g + decay * w
 * mu = momentum * mu + u
 * w -= rate * mu                      or, Nesterov,   w -= rate * (u + momentum * mu)
 * </pre>
 *
 * @param momentum momentum in [0, 1)
 * @param nesterov whether the step looks ahead (Sutskever et al. 2013)
 * @param decay weight decay, part of the gradient
 * @param groups parameters that are treated differently
 */
public record Sgd(double momentum, boolean nesterov, WeightDecay decay, List<Group> groups)
    implements Optimizer {
  /**
   * Checks and copies.
   *
   * @param momentum see the record
   * @param nesterov see the record
   * @param decay see the record
   * @param groups see the record
   */
  public Sgd {
    groups = List.copyOf(groups);
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum " + momentum + " is not in [0, 1)");
    }
  }

  /**
   * Without weight decay.
   *
   * @param momentum momentum in [0, 1), 0.9 as a rule
   * @return the optimiser
   */
  public static Sgd of(double momentum) {
    return new Sgd(momentum, false, WeightDecay.NONE, List.of());
  }

  /**
   * The same with Nesterov's momentum.
   *
   * @return a new optimiser
   */
  public Sgd lookingAhead() {
    return new Sgd(momentum, true, decay, groups);
  }

  /**
   * The same with weight decay.
   *
   * @param weightDecay the weight decay
   * @return a new optimiser
   */
  public Sgd decay(WeightDecay weightDecay) {
    return new Sgd(momentum, nesterov, weightDecay, groups);
  }

  /**
   * The same with groups.
   *
   * @param own parameters that are treated differently
   * @return a new optimiser
   */
  public Sgd groups(Group... own) {
    return new Sgd(momentum, nesterov, decay, List.of(own));
  }

  @Override
  public void apply(GraphScope root, Map<Parameter<TFloat32>, Operand<TFloat32>> gradients) {
    Target.each(root, gradients, decay, groups, this::update);
  }

  private void update(Target target) {
    Operand<TFloat32> u = target.decayedGradient();
    var handle = target.parameter().handle();
    if (momentum == 0) {
      target
          .root()
          .update(target.afterRead().train.resourceApplyGradientDescent(handle, target.rate(), u));
      return;
    }
    target
        .root()
        .update(
            target
                .afterRead()
                .train
                .resourceApplyMomentum(
                    handle,
                    target.slot("momentum"),
                    target.rate(),
                    u,
                    target.root().constant((float) momentum),
                    ResourceApplyMomentum.useNesterov(nesterov)));
  }
}
