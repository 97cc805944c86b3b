package juxta.toolkit.image;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * Gaussian blur with a sigma drawn for each image, uniformly from 0.1 to 2 pixels. Edges reflect
 * without repeating, as torchvision's {@code GaussianBlur} does.
 *
 * <p>Rows and columns are blurred by one band matrix an image, M X M^T; where an image stays sharp
 * its matrix is the identity.
 */
public final class Blur {
  private static final double LEAST_SIGMA = 0.1;
  private static final double GREATEST_SIGMA = 2.0;

  /** So small that a kernel of it is exactly the identity. */
  private static final float SHARP = 0.01f;

  private Blur() {}

  /**
   * Blurs some of the images.
   *
   * @param scope where to build; the seed's purpose is {@code blur}
   * @param planes [C, B, side, side]
   * @param side pixels of each side
   * @param radius pixels of the kernel on each side of its middle
   * @param probability of a blur
   * @return planes of the same shape
   */
  public static Operand<TFloat32> apply(
      GraphScope scope, Operand<TFloat32> planes, int side, int radius, double probability) {
    if (probability == 0 || radius == 0) {
      return planes;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> u = // [2, B, 1, 1]
        tf.random.statelessRandomUniform(
            Sizes.of(tf, tf.constant(2), Planes.count(tf, planes), tf.constant(1), tf.constant(1)),
            scope.seed("blur"));
    Operand<TFloat32> sigma = // [B, 1, 1]
        tf.select(
            tf.math.less(
                tf.gather(u, tf.constant(0), tf.constant(0)), tf.constant((float) probability)),
            tf.math.add(
                tf.math.mul(
                    tf.gather(u, tf.constant(1), tf.constant(0)),
                    tf.constant((float) (GREATEST_SIGMA - LEAST_SIGMA))),
                tf.constant((float) LEAST_SIGMA)),
            tf.constant(SHARP));
    return apply(tf, planes, side, radius, sigma);
  }

  /**
   * Blurs each image by its own sigma.
   *
   * @param tf where to build
   * @param planes [C, B, side, side]
   * @param side pixels of each side
   * @param radius pixels of the kernel on each side of its middle
   * @param sigma standard deviation of the kernel in pixels, [B, 1, 1]
   * @return planes of the same shape
   */
  public static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> planes, int side, int radius, Operand<TFloat32> sigma) {
    Operand<TFloat32> decay = // -1 / (2 sigma^2)
        tf.math.div(tf.constant(-0.5f), tf.math.square(sigma));
    Operand<TFloat32> weights = null;
    for (float[][] distances : distances(side, Math.min(radius, side - 1))) {
      Operand<TFloat32> part = // [B, side, side]
          tf.math.exp(tf.math.mul(tf.constant(distances), decay));
      weights = weights == null ? part : tf.math.add(weights, part);
    }
    // A true division: TensorFlow's 1 / 1 is not quite 1, and what stays must stay to the bit.
    Operand<TFloat32> sums = tf.reduceSum(weights, tf.constant(2), ReduceSum.keepDims(true));
    Operand<TFloat32> matrix = tf.expandDims(tf.math.div(weights, sums), tf.constant(0));
    return tf.train.batchMatMul( // [C, B, side, side]
        tf.train.batchMatMul(matrix, planes, TFloat32.class),
        matrix,
        TFloat32.class,
        BatchMatMul.adjY(true));
  }

  /**
   * Squared distances from pixel i to pixel j, to its image in the mirror at the start, and to that
   * at the end; beyond the kernel's radius a number whose weight is 0.
   */
  private static float[][][] distances(int side, int radius) {
    float[][][] squares = new float[3][side][side];
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        squares[0][i][j] = squared(i - j, radius, true);
        squares[1][i][j] = squared(i + j, radius, j > 0);
        squares[2][i][j] = squared(2 * (side - 1) - i - j, radius, j < side - 1);
      }
    }
    return squares;
  }

  private static float squared(int distance, int radius, boolean exists) {
    return exists && Math.abs(distance) <= radius ? (float) distance * distance : 1e9f;
  }
}
