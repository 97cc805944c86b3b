package juxta.toolkit.clustering;

import java.util.Arrays;
import java.util.SplittableRandom;
import juxta.api.Matrix;

/**
 * Where k-means starts: each next centre is a point, drawn with a probability in proportion to the
 * square of its distance from the centres that there are (Arthur and Vassilvitskii 2007, section
 * 2.2).
 */
final class KMeansPlusPlus {
  private KMeansPlusPlus() {}

  static float[] centres(Matrix points, PointBlocks blocks, int k, SplittableRandom random) {
    int n = points.rows();
    int d = points.columns();
    float[] centres = new float[Math.multiplyExact(k, d)];
    float[] squares = new float[n];
    Arrays.fill(squares, Float.POSITIVE_INFINITY);
    int next = random.nextInt(n);
    for (int c = 0; c < k; c++) {
      float[] centre = points.row(next);
      System.arraycopy(centre, 0, centres, c * d, d);
      blocks.lower(centre, squares);
      next = draw(squares, random);
    }
    return centres;
  }

  /** A point, in proportion to its square; any point if all points are centres. */
  private static int draw(float[] squares, SplittableRandom random) {
    double sum = 0;
    for (float square : squares) {
      sum += square;
    }
    if (!(sum > 0)) {
      return random.nextInt(squares.length);
    }
    double rest = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < squares.length; i++) {
      rest -= squares[i];
      if (squares[i] > 0) {
        last = i;
        if (rest < 0) {
          return i;
        }
      }
    }
    return last; // rounding left a little over
  }
}
