package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/** Doubling of the spatial axes, all but the first and the last, without parameters. */
final class Enlargement {
  private Enlargement() {}

  /** Each voxel of [N, X, Y, Z, C] eight times, each pixel of [N, X, Y, C] four times. */
  static Operand<TFloat32> nearest(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> y = x;
    for (int axis = 1; axis < x.shape().numDimensions() - 1; axis++) {
      long[] shape = shape(y);
      shape[axis] *= 2;
      // [.., n, 2, ..], which in memory is [.., 2n, ..]
      y = tf.reshape(tf.stack(List.of(y, y), Stack.axis(axis + 1L)), tf.constant(open(shape)));
    }
    return y;
  }

  /**
   * Trilinear of [N, X, Y, Z, C] with aligned corners: place i of 2n reads i (n - 1) / (2n - 1),
   * axis by axis, each as a product with the matrix of weights.
   */
  static Operand<TFloat32> trilinear(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> y = x;
    for (int axis = 1; axis <= 3; axis++) {
      long[] shape = shape(y);
      long before = 1; // axes between the batch and this one
      long after = 1;
      for (int a = 1; a < shape.length; a++) {
        before *= a < axis ? shape[a] : 1;
        after *= a > axis ? shape[a] : 1;
      }
      int n = (int) shape[axis];
      Operand<TFloat32> rows = tf.reshape(y, tf.constant(new long[] {-1, n, after}));
      // [N * before, 2n, n]: one copy of the weights for each matrix keeps the gradient's shape
      Operand<TFloat32> weights =
          tf.broadcastTo(
              tf.constant(weights(n)),
              tf.concat(
                  List.of(
                      tf.slice(
                          tf.shape(rows), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
                      tf.constant(new int[] {2 * n, n})),
                  tf.constant(0)));
      shape[axis] *= 2;
      y = tf.reshape(Contractions.batchMatMul(scope, weights, rows), tf.constant(open(shape)));
    }
    return y;
  }

  private static float[][][] weights(int n) {
    float[][] w = new float[2 * n][n];
    for (int i = 0; i < 2 * n; i++) {
      double place = n == 1 ? 0 : (double) i * (n - 1) / (2 * n - 1);
      int low = (int) Math.min(Math.floor(place), Math.max(0, n - 2));
      double share = place - low;
      w[i][low] += (float) (1 - share);
      if (low + 1 < n) {
        w[i][low + 1] += (float) share;
      }
    }
    return new float[][][] {w};
  }

  /** Spatial axes and channels are known, the number of records need not be. */
  private static long[] shape(Operand<TFloat32> x) {
    List<Long> axes = new ArrayList<>();
    for (int a = 0; a < x.shape().numDimensions(); a++) {
      axes.add(x.shape().get(a));
    }
    return axes.stream().mapToLong(Long::longValue).toArray();
  }

  private static long[] open(long[] shape) {
    long[] open = shape.clone();
    open[0] = -1;
    return open;
  }
}
