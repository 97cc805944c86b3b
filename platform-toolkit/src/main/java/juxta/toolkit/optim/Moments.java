package juxta.toolkit.optim;

import juxta.api.GraphScope;
import juxta.api.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Adam's step. TensorFlow's fused operation computes {@code rate * m / (sqrt(v) + epsilon)}, so
 * both bias corrections are worked into rate and epsilon, in double precision: in float32, 1 -
 * 0.999^t is off by 6e-5 in the first steps.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param rateFactor sqrt(1 - beta2^t) / (1 - beta1^t), a scalar
 * @param epsilon epsilon * sqrt(1 - beta2^t), a scalar
 */
record Moments(float beta1, float beta2, Operand<TFloat32> rateFactor, Operand<TFloat32> epsilon) {
  /** Corrections for the step that the optimiser is about to take. */
  static Moments of(GraphScope root, double beta1, double beta2, double epsilon) {
    Ops tf = root.tf();
    Operand<TFloat64> one = tf.constant(1d);
    Operand<TFloat64> t = tf.math.add(tf.dtypes.cast(counter(root).value(), TFloat64.class), one);
    Operand<TFloat64> first = tf.math.sub(one, tf.math.pow(tf.constant(beta1), t));
    Operand<TFloat64> second = tf.math.sqrt(tf.math.sub(one, tf.math.pow(tf.constant(beta2), t)));
    return new Moments(
        (float) beta1,
        (float) beta2,
        tf.dtypes.cast(tf.math.div(second, first), TFloat32.class),
        tf.dtypes.cast(tf.math.mul(second, tf.constant(epsilon)), TFloat32.class));
  }

  /**
   * Steps taken so far. It is saved with the moments rather than taken from the phase's step, since
   * a phase may carry on the optimiser of the phase before.
   */
  private static Parameter<TInt32> counter(GraphScope root) {
    GraphScope place = root.sub("optimizer");
    String name = place.name() + ".step";
    for (Parameter<?> parameter : place.parameters()) {
      if (parameter.name().equals(name)) { // made by another optimiser of this graph
        @SuppressWarnings("unchecked")
        Parameter<TInt32> counter = (Parameter<TInt32>) parameter;
        return counter;
      }
    }
    Parameter<TInt32> counter =
        place.state(
            "step", TInt32.class, (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(0)));
    root.assign(counter, root.tf().math.add(counter.value(), root.tf().constant(1)));
    return counter;
  }

  /** Registers a parameter's step. */
  void step(Target target, Ops at, Operand<TFloat32> gradient) {
    Ops tf = target.root().tf();
    Operand<TFloat32> noPower = tf.constant(0f);
    target
        .root()
        .update(
            at.train.resourceApplyAdam(
                target.parameter().handle(),
                target.slot("first-moment"),
                target.slot("second-moment"),
                noPower,
                noPower,
                tf.math.mul(target.rate(), rateFactor),
                tf.constant(beta1),
                tf.constant(beta2),
                epsilon,
                gradient));
  }
}
