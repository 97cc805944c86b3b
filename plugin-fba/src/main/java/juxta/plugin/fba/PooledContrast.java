package juxta.plugin.fba;

import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * Descriptors that are means of a decoder's features x, with the maps m as weights (own choice, for
 * what the released descriptors were meant to be):
 *
 * <pre>
 *   E_k = sum over places p of m_pk x_p / sum over p of m_pk
 * </pre>
 *
 * Nothing is projected, so there is no bias, and no parameter that could tell kinds apart without
 * the features.
 */
final class PooledContrast {
  private PooledContrast() {}

  /** Descriptors of fore- and background, of the same maps as released. */
  static Contrast.Descriptors of(GraphScope scope, Decoded decoded, Pass pass) {
    Ops tf = scope.tf();
    int classes = (int) decoded.logits().shape().get(4);
    Operand<TFloat32> m = new ForegroundMap(scope, classes).apply(decoded.logits(), pass); // [N, P]
    Operand<TFloat32> both = // [N, P, 2]
        tf.stack(
            List.of(m, tf.math.sub(scope.constant(1), m)), org.tensorflow.op.core.Stack.axis(2L));
    List<Output<TFloat32>> parts = // 2 times [N, C]
        tf.unstack(pooled(scope, both, halved(scope, decoded.features())), 2L, Unstack.axis(1L))
            .output();
    return new Contrast.Descriptors(parts.get(0), parts.get(1));
  }

  /** Descriptors of the classes of slices, E [N, K, C], of the same maps as released. */
  static Operand<TFloat32> ofClasses(GraphScope scope, Decoded decoded) {
    Ops tf = scope.tf();
    Operand<TFloat32> m = new ClassMaps(scope, decoded.logits()).apply(decoded.logits());
    long[] shape = m.shape().asArray(); // [N, X/2, Y/2, K]
    Operand<TFloat32> flat = // [N, P, K]
        tf.reshape(m, scope.ints((int) shape[0], (int) (shape[1] * shape[2]), (int) shape[3]));
    return pooled(scope, flat, halved(scope, decoded.features()));
  }

  /**
   * The means.
   *
   * @param maps m [N, P, K], above 0
   * @param features x [N, P, C]
   * @return E [N, K, C]
   */
  static Operand<TFloat32> pooled(
      GraphScope scope, Operand<TFloat32> maps, Operand<TFloat32> features) {
    Ops tf = scope.tf();
    Operand<TFloat32> sums = // [N, K, C]
        tf.train.batchMatMul(maps, features, TFloat32.class, BatchMatMul.adjX(true));
    Operand<TFloat32> weights = // [N, K]
        tf.reduceSum(maps, scope.ints(1), new ReduceSum.Options[0]);
    return tf.math.divNoNan(sums, tf.expandDims(weights, tf.constant(2)));
  }

  /** Features [N, X, Y, Z, C] at the places of the maps, [N, P, C]: means of 2 x 2 (x 2), ReLU. */
  private static Operand<TFloat32> halved(GraphScope scope, Operand<TFloat32> features) {
    Ops tf = scope.tf();
    long[] shape = features.shape().asArray();
    long deep = shape[3] > 1 ? 2 : 1;
    List<Long> window = List.of(1L, 2L, 2L, deep, 1L);
    Operand<TFloat32> half = tf.nn.avgPool3d(tf.nn.relu(features), window, window, "VALID");
    int places = (int) (shape[1] / 2 * (shape[2] / 2) * (shape[3] / deep));
    return tf.reshape(half, scope.ints((int) shape[0], places, (int) shape[4]));
  }
}
