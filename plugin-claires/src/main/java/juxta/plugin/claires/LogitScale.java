package juxta.plugin.claires;

import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * CLIP's learned temperature: parameter {@code logit_scale}, a scalar s, and the scale exp(s), at
 * most 100 (arXiv 2103.00020, section 2.4).
 */
final class LogitScale {
  private static final float MOST = (float) Math.log(100);

  private final GraphScope scope;
  private final Parameter<TFloat32> s;

  /** Starts as 1 / temperature. */
  LogitScale(GraphScope scope, double temperature) {
    this.scope = scope;
    this.s =
        scope.weight("logit_scale", Layout.PLAIN, Initializers.constant(Math.log(1 / temperature)));
  }

  /**
   * The scale, a scalar. The gradient does not see the limit, so that s can come back from it, as
   * CLIP's, which is cut off after each step.
   */
  Operand<TFloat32> value() {
    Ops tf = scope.tf();
    Operand<TFloat32> beyond =
        tf.math.maximum(tf.math.sub(s.value(), scope.constant(MOST)), scope.constant(0));
    return tf.math.exp(tf.math.sub(s.value(), tf.stopGradient(beyond)));
  }
}
