package juxta.plugin.iir;

import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * The generalised mean, {@code g_c = (mean max(f_c, 1e-6)^p)^(1/p)} (Radenovic et al. 2018), with
 * one exponent for all channels: parameter {@code p}, where it is trained. 1 is the mean; the
 * larger, the nearer to the maximum.
 */
final class Gem implements Pooling {
  private static final float EPSILON = 1e-6f;

  private final GraphScope scope;
  private final Operand<TFloat32> p; // [1]

  Gem(GraphScope scope, double p, boolean trained) {
    this.scope = scope;
    this.p =
        trained
            ? scope.weight("p", Layout.PLAIN, Initializers.constant(p), 1).value()
            : scope.tf().constant(new float[] {(float) p});
  }

  /** The exponent, [1]. */
  Operand<TFloat32> exponent() {
    return p;
  }

  @Override
  public Operand<TFloat32> apply(Operand<TFloat32> map) {
    Ops tf = scope.tf();
    Operand<TFloat32> f = tf.math.maximum(map, scope.constant(EPSILON)); // [B, h, w, D]
    // Powers of the share of the largest, else 1e-6^p is 0 in float32 from p = 8 on. The largest
    // cancels out, so that no gradient need flow into it.
    Operand<TFloat32> most = // [B, 1, 1, D]
        tf.stopGradient(tf.max(f, scope.ints(1, 2), Max.keepDims(true)));
    Operand<TFloat32> mean = // [B, 1, 1, D]
        tf.math.mean(tf.math.pow(tf.math.div(f, most), p), scope.ints(1, 2), Mean.keepDims(true));
    Operand<TFloat32> g =
        tf.math.mul(most, tf.math.pow(mean, tf.math.reciprocal(p))); // [B, 1, 1, D]
    return tf.squeeze(g, Squeeze.axis(java.util.List.of(1L, 2L)));
  }
}
