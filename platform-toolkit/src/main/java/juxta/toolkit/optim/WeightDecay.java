package juxta.toolkit.optim;

import java.util.OptionalDouble;
import java.util.function.Predicate;
import juxta.api.Parameter;

/**
 * How strongly weights are pulled towards zero, and which.
 *
 * @param rate the rate, or empty where the schedule {@link juxta.api.TrainingPhase#WEIGHT_DECAY}
 *     gives it each step
 * @param decayed which parameters decay
 */
public record WeightDecay(OptionalDouble rate, Predicate<Parameter<?>> decayed) {
  /** No weight decay. */
  public static final WeightDecay NONE = of(0);

  /**
   * A constant rate for tensors of two axes or more: biases and normalisation do not decay.
   *
   * @param rate the rate, 0 or more
   * @return the weight decay
   */
  public static WeightDecay of(double rate) {
    if (!(rate >= 0)) {
      throw new IllegalArgumentException("weight decay cannot be " + rate);
    }
    return new WeightDecay(OptionalDouble.of(rate), WeightDecay::matrix);
  }

  /**
   * The rate of the schedule {@link juxta.api.TrainingPhase#WEIGHT_DECAY}, for tensors of two axes
   * or more.
   *
   * @return the weight decay
   */
  public static WeightDecay scheduled() {
    return new WeightDecay(OptionalDouble.empty(), WeightDecay::matrix);
  }

  /**
   * The same rate for all parameters, as PyTorch's optimisers have it.
   *
   * @return a new weight decay
   */
  public WeightDecay everywhere() {
    return on(p -> true);
  }

  /**
   * The same rate for other parameters.
   *
   * @param which which parameters decay
   * @return a new weight decay
   */
  public WeightDecay on(Predicate<Parameter<?>> which) {
    return new WeightDecay(rate, which);
  }

  private static boolean matrix(Parameter<?> parameter) {
    return parameter.shape().size() > 1;
  }
}
