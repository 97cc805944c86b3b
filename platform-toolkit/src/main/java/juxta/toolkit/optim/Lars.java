package juxta.toolkit.optim;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Layer-wise adaptive rate scaling (<a href="https://arxiv.org/abs/1708.03888">You et al.
 * 2017</a>):
 *
 * <pre>
 * u  = (g + decay * w) * trust * |w| / n      for adapted parameters, if both norms are positive
 * mu = momentum * mu + u
 * w -= rate * mu
 * </pre>
 *
 * @param momentum momentum in [0, 1)
 * @param trust trust coefficient
 * @param norm what n is
 * @param clip whether the factor is limited to the learning rate: min(factor / rate, 1)
 * @param adapted which parameters are scaled
 * @param decay weight decay, part of the gradient
 * @param groups parameters that are treated differently
 */
public record Lars(
    double momentum,
    double trust,
    Norm norm,
    boolean clip,
    Predicate<Parameter<?>> adapted,
    WeightDecay decay,
    List<Group> groups)
    implements Optimizer {
  /** The denominator of the scaling factor. */
  public enum Norm {
    /** |g + decay * w|, as in MoCo v3's code. */
    OF_SUM,
    /** |g| + decay * |w| + 1e-8, as in Apex LARC, lightly and solo-learn. */
    SUM_OF_NORMS
  }

  /**
   * Copies.
   *
   * @param momentum see the record
   * @param trust see the record
   * @param norm see the record
   * @param clip see the record
   * @param adapted see the record
   * @param decay see the record
   * @param groups see the record
   */
  public Lars {
    groups = List.copyOf(groups);
  }

  /**
   * As in MoCo v3's code ({@code moco/optimizer.py}): momentum 0.9, trust 0.001, biases and
   * normalisation are neither scaled nor decayed. SimCLR's TensorFlow code multiplies the learning
   * rate into the momentum instead, which is the same while the rate is constant.
   *
   * @param decay the weight decay
   * @return the optimiser
   */
  public static Lars mocoV3(WeightDecay decay) {
    return new Lars(0.9, 0.001, Norm.OF_SUM, false, Lars::matrix, decay, List.of());
  }

  /**
   * As LARC in Nvidia's Apex with clipping off: trust 0.001, all parameters are scaled.
   *
   * @param decay the weight decay
   * @return the optimiser
   */
  public static Lars larc(WeightDecay decay) {
    return new Lars(0.9, 0.001, Norm.SUM_OF_NORMS, false, p -> true, decay, List.of());
  }

  /**
   * As solo-learn's recipes for CIFAR: trust 0.02, factor limited to the learning rate, biases and
   * normalisation are not scaled.
   *
   * @param decay the weight decay
   * @return the optimiser
   */
  public static Lars soloLearn(WeightDecay decay) {
    return new Lars(0.9, 0.02, Norm.SUM_OF_NORMS, true, Lars::matrix, decay, List.of());
  }

  /**
   * The same with another momentum.
   *
   * @param value momentum in [0, 1)
   * @return a new optimiser
   */
  public Lars momentum(double value) {
    return new Lars(value, trust, norm, clip, adapted, decay, groups);
  }

  /**
   * The same with another trust coefficient.
   *
   * @param coefficient the trust coefficient
   * @return a new optimiser
   */
  public Lars trust(double coefficient) {
    return new Lars(momentum, coefficient, norm, clip, adapted, decay, groups);
  }

  /**
   * The same with groups.
   *
   * @param own parameters that are treated differently
   * @return a new optimiser
   */
  public Lars groups(Group... own) {
    return new Lars(momentum, trust, norm, clip, adapted, decay, List.of(own));
  }

  @Override
  public void apply(GraphScope root, Map<Parameter<TFloat32>, Operand<TFloat32>> gradients) {
    // what is left is momentum without decay
    Sgd sgd = new Sgd(momentum, false, WeightDecay.NONE, rates());
    Map<Parameter<TFloat32>, Operand<TFloat32>> scaled = new java.util.LinkedHashMap<>();
    Target.each(root, gradients, decay, groups, t -> scaled.put(t.parameter(), scaled(t)));
    sgd.apply(root, scaled);
  }

  private List<Group> rates() {
    return groups.stream().map(group -> group.decay(WeightDecay.NONE)).toList();
  }

  private Operand<TFloat32> scaled(Target target) {
    Operand<TFloat32> u = target.decayedGradient();
    if (!adapted.test(target.parameter())) {
      return u;
    }
    Ops tf = target.root().tf();
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> w = length(tf, target.parameter().value());
    Operand<TFloat32> measured = length(tf, norm == Norm.OF_SUM ? u : target.gradient());
    Operand<TFloat32> n = measured;
    if (norm == Norm.SUM_OF_NORMS) {
      n = tf.math.add(n, tf.constant(1e-8f));
      if (target.decay().isPresent()) {
        n = tf.math.add(n, tf.math.mul(target.decay().get(), w));
      }
    }
    Operand<TFloat32> factor = tf.math.div(tf.math.mul(tf.constant((float) trust), w), n);
    if (clip) {
      factor = tf.math.minimum(tf.math.div(factor, target.rate()), tf.constant(1f));
    }
    Operand<TFloat32> safe =
        tf.select(
            tf.math.logicalAnd(tf.math.greater(w, zero), tf.math.greater(measured, zero)),
            factor,
            tf.constant(1f));
    return tf.math.mul(u, safe);
  }

  private static Operand<TFloat32> length(Ops tf, Operand<TFloat32> tensor) {
    return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.nn.l2Loss(tensor)));
  }

  private static boolean matrix(Parameter<?> parameter) {
    return parameter.shape().size() > 1;
  }
}
