package juxta.plugin.medcluster;

import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Parameter;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The Gaussian that samples are drawn from: mean and standard deviation of each dimension of h over
 * the training images. N(0, 1) until it is fitted.
 */
final class LatentGaussian {
  private static final String PLACE = "sampling";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";

  private final GraphScope scope;
  private final Parameter<TFloat32> mean;
  private final Parameter<TFloat32> deviation;

  LatentGaussian(GraphScope root, int q) {
    scope = root.sub(PLACE);
    mean = scope.state(MEAN, TFloat32.class, Initializers.zeros(), q);
    deviation = scope.state(DEVIATION, TFloat32.class, Initializers.ones(), q);
  }

  /**
   * Turns draws from N(0, 1) into draws from this.
   *
   * @param noise [B, Q]
   * @return mean + deviation * noise, [B, Q]
   */
  Operand<TFloat32> draw(Operand<TFloat32> noise) {
    return scope.tf().math.add(mean.value(), scope.tf().math.mul(deviation.value(), noise));
  }

  /**
   * Fits.
   *
   * @param h [N, Q]
   * @return the values of the parameters by full name; the deviation is that of the N rows
   */
  static Map<String, Value> fit(Matrix h) {
    int q = h.columns();
    double[] sum = new double[q];
    for (int i = 0; i < h.values().length; i++) {
      sum[i % q] += h.values()[i];
    }
    double[] squares = new double[q];
    for (int i = 0; i < h.values().length; i++) {
      double off = h.values()[i] - sum[i % q] / h.rows();
      squares[i % q] += off * off;
    }
    float[] mean = new float[q];
    float[] deviation = new float[q];
    for (int j = 0; j < q; j++) {
      mean[j] = (float) (sum[j] / h.rows());
      deviation[j] = (float) Math.sqrt(squares[j] / h.rows());
    }
    return Map.of(
        PLACE + "." + MEAN, Tensors.floats(new long[] {q}, mean),
        PLACE + "." + DEVIATION, Tensors.floats(new long[] {q}, deviation));
  }
}
