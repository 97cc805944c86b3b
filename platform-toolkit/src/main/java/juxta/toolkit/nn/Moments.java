package juxta.toolkit.nn;

import java.util.List;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.toolkit.graph.Parts;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Mean and variance of each channel over a batch that is built in parts. Each part gives its own
 * number, mean and sum of squared deviations, from which those of all are put together without
 * cancellation (Chan, Golub and LeVeque, 1983): one exchange for each layer.
 *
 * @param rows rows of channels of the whole batch, a scalar
 * @param mean [C]
 * @param squares sum of the squared deviations, [C]
 */
record Moments(Operand<TFloat32> rows, Operand<TFloat32> mean, Operand<TFloat32> squares) {
  /** Those of the whole batch, of which {@code x} [B, H, W, C] is a part. */
  static Moments whole(GraphScope scope, Parts parts, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TInt32> axes = scope.ints(0, 1, 2);
    Operand<TFloat32> rows =
        tf.math.div(
            tf.dtypes.cast(tf.size(x), TFloat32.class),
            tf.dtypes.cast(Shapes.size(tf, x, 3), TFloat32.class));
    Operand<TFloat32> mean = tf.math.div(tf.sum(x, axes), rows);
    Operand<TFloat32> squares = tf.sum(tf.math.square(tf.math.sub(x, mean)), axes);
    return parts.meet(new Moments(rows, mean, squares), all -> merge(scope.tf(), all));
  }

  private static Moments merge(Ops tf, List<Moments> parts) {
    Operand<TFloat32> rows = sum(tf, parts, part -> part.rows);
    Operand<TFloat32> mean =
        tf.math.div(sum(tf, parts, part -> tf.math.mul(part.mean, part.rows)), rows);
    Operand<TFloat32> squares =
        sum(
            tf,
            parts,
            part ->
                tf.math.add(
                    part.squares,
                    tf.math.mul(tf.math.square(tf.math.sub(part.mean, mean)), part.rows)));
    return new Moments(rows, mean, squares);
  }

  /**
   * Two summands at a time, in order: AddN of three or more begins with whichever came in such that
   * its memory can be used again, and its last bits would differ from run to run.
   */
  private static Operand<TFloat32> sum(
      Ops tf, List<Moments> parts, Function<Moments, Operand<TFloat32>> of) {
    return parts.stream().map(of).reduce((a, b) -> tf.math.add(a, b)).orElseThrow();
  }

  /** The variance for running statistics. */
  Operand<TFloat32> unbiased(Ops tf) {
    return tf.math.div(
        squares, tf.math.maximum(tf.math.sub(rows, tf.constant(1f)), tf.constant(1f)));
  }

  /** {@code x} with mean 0 and variance 1, scaled and moved. */
  Operand<TFloat32> normalise(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      float epsilon) {
    Operand<TFloat32> factor =
        tf.math.mul(
            tf.math.rsqrt(tf.math.add(tf.math.div(squares, rows), tf.constant(epsilon))), scale);
    return tf.math.add(tf.math.mul(tf.math.sub(x, mean), factor), offset);
  }
}
