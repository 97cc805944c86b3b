package juxta.toolkit.nn;

import juxta.api.GraphScope;
import juxta.api.UserException;
import juxta.toolkit.graph.Contractions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Convolutions with holes as plain ones: every n-th row and column becomes an image of its own,
 * these are convolved, and put back in place. TensorFlow has no gradient of dilated kernels on a
 * CPU.
 */
final class Dilation {
  private Dilation() {}

  /** A map as large as x [B, H, W, in], H and W known, whose places outside count as zeros. */
  static Operand<TFloat32> apply(
      GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w, int dilation) {
    Ops tf = scope.tf();
    int height = side(x, 1);
    int width = side(x, 2);
    int reach = dilation * (int) (w.shape().get(0) / 2); // zeros on each side
    int[][] pads = {
      {reach, reach + missing(height + 2 * reach, dilation)},
      {reach, reach + missing(width + 2 * reach, dilation)}
    };
    int[][] crops = {
      {0, missing(height + 2 * reach, dilation)}, {0, missing(width + 2 * reach, dilation)}
    };
    Operand<org.tensorflow.types.TInt32> block = tf.constant(new int[] {dilation, dilation});
    Operand<TFloat32> parts = tf.spaceToBatchNd(x, block, tf.constant(pads));
    Operand<TFloat32> y = Contractions.conv2d(scope, parts, w, 1, "VALID");
    return tf.batchToSpaceNd(y, block, tf.constant(crops));
  }

  private static int missing(int length, int dilation) {
    return (dilation - length % dilation) % dilation;
  }

  private static int side(Operand<TFloat32> x, int axis) {
    long side = x.shape().get(axis);
    if (side <= 0) {
      throw new UserException(
          "a dilated convolution needs to know the sides of its input, not "
              + x.shape()
              + "; choose one size");
    }
    return (int) side;
  }
}
