package juxta.plugin.baselines.encoders;

/**
 * Bicubic interpolation as a matrix, with PyTorch's conventions: {@code interpolate(mode="bicubic",
 * align_corners=False)}, Keys' kernel with a = -0.75, edges repeated.
 */
final class Bicubic {
  private static final double A = -0.75;

  private Bicubic() {}

  /** Weights [to][from] of one axis. */
  static double[][] axis(int from, int to) {
    double[][] weights = new double[to][from];
    double scale = (double) from / to;
    for (int i = 0; i < to; i++) {
      double at = (i + 0.5) * scale - 0.5;
      int floor = (int) Math.floor(at);
      for (int tap = -1; tap <= 2; tap++) {
        int index = Math.min(Math.max(floor + tap, 0), from - 1);
        weights[i][index] += kernel(Math.abs(at - (floor + tap)));
      }
    }
    return weights;
  }

  /** Weights [toH toW][fromH fromW] of a grid. */
  static float[][] grid(int fromH, int fromW, int toH, int toW) {
    double[][] rows = axis(fromH, toH);
    double[][] columns = axis(fromW, toW);
    float[][] weights = new float[toH * toW][fromH * fromW];
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights[i].length; j++) {
        weights[i][j] = (float) (rows[i / toW][j / fromW] * columns[i % toW][j % fromW]);
      }
    }
    return weights;
  }

  private static double kernel(double t) {
    return t <= 1
        ? ((A + 2) * t - (A + 3)) * t * t + 1
        : t < 2 ? ((A * t - 5 * A) * t + 8 * A) * t - 4 * A : 0;
  }
}
