package juxta.plugin.medcluster;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The linear layer from an encoder's features to h; of the variational variant two, for the mean m
 * and the logarithm v of the variance of what h is drawn from.
 */
final class Latent {
  private final GraphScope scope;
  private final Linear mean;
  private final Optional<Linear> logVariance;

  /**
   * A batch's place in the latent space.
   *
   * @param h what is decoded, [B, Q]: m, or with the variational variant a draw around it
   * @param m what is clustered, [B, Q]
   * @param v logarithm of the variance, [B, Q]; empty unless variational
   */
  record Code(Operand<TFloat32> h, Operand<TFloat32> m, Optional<Operand<TFloat32>> v) {
    /** The same without a gradient, and so without a divergence to minimise. */
    Code kept(GraphScope scope) {
      return new Code(scope.tf().stopGradient(h), scope.tf().stopGradient(m), Optional.empty());
    }
  }

  Latent(GraphScope scope, int features, int q, boolean variational) {
    this.scope = scope;
    this.mean = new Linear(scope.sub("mean"), features, q, true);
    this.logVariance =
        variational
            ? Optional.of(new Linear(scope.sub("log-variance"), features, q, true))
            : Optional.empty();
  }

  /** h of a training step: drawn, where there is something to draw from. */
  Code drawn(Operand<TFloat32> features) {
    Operand<TFloat32> m = mean.apply(features);
    if (logVariance.isEmpty()) {
      return new Code(m, m, Optional.empty());
    }
    Ops tf = scope.tf();
    Operand<TFloat32> v = logVariance.get().apply(features);
    Operand<TFloat32> epsilon = tf.random.statelessRandomNormal(tf.shape(m), scope.seed("latent"));
    Operand<TFloat32> deviation = tf.math.exp(tf.math.mul(v, scope.constant(0.5f)));
    return new Code(tf.math.add(m, tf.math.mul(deviation, epsilon)), m, Optional.of(v));
  }

  /** The same of features and layers that are not to be changed. */
  Code kept(Operand<TFloat32> features) {
    return drawn(features).kept(scope);
  }

  /** m, [B, Q]: what an image's features say, without chance. */
  Operand<TFloat32> mean(Operand<TFloat32> features) {
    return mean.apply(features);
  }

  /**
   * KL divergence of N(m, e^v) from N(0, 1), averaged over the batch and the dimensions.
   *
   * @param scope where to build
   * @param m [B, Q]
   * @param v [B, Q]
   * @return a scalar, (m^2 + e^v - 1 - v) / 2 on average
   */
  static Operand<TFloat32> divergence(GraphScope scope, Operand<TFloat32> m, Operand<TFloat32> v) {
    Ops tf = scope.tf();
    Operand<TFloat32> spread = // e^v - 1 - v, 0 at 0 to the bit
        tf.math.sub(tf.math.sub(tf.math.exp(v), scope.constant(1)), v);
    Operand<TFloat32> twice = tf.math.add(tf.math.square(m), spread);
    return tf.math.mul(tf.math.mean(twice, scope.ints(0, 1)), scope.constant(0.5f));
  }
}
