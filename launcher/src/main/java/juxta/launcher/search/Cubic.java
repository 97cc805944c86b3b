package juxta.launcher.search;

/**
 * Weights with which source pixels make the pixels of a resized axis: the cubic of Keys (a = -0.5),
 * widened where the axis gets shorter, so that nothing is skipped. That is what the data sets'
 * readers and Pillow's {@code BICUBIC} do.
 */
final class Cubic {
  private static final double A = -0.5;
  private static final double SUPPORT = 2;

  private final int[] first;
  private final float[][] weights;

  private Cubic(int[] first, float[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  static Cubic of(int from, int to) {
    double scale = (double) from / to;
    double wide = Math.max(1, scale);
    int[] first = new int[to];
    float[][] weights = new float[to][];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int begin = (int) Math.max(0, Math.floor(centre - SUPPORT * wide + 0.5));
      int end = (int) Math.min(from, Math.floor(centre + SUPPORT * wide + 0.5));
      double[] raw = new double[end - begin];
      double sum = 0;
      for (int k = 0; k < raw.length; k++) {
        raw[k] = kernel((begin + k + 0.5 - centre) / wide);
        sum += raw[k];
      }
      first[i] = begin;
      weights[i] = new float[raw.length];
      for (int k = 0; k < raw.length; k++) {
        weights[i][k] = (float) (raw[k] / sum);
      }
    }
    return new Cubic(first, weights);
  }

  int first(int i) {
    return first[i];
  }

  int end(int i) {
    return first[i] + weights[i].length;
  }

  float weight(int i, int source) {
    return weights[i][source - first[i]];
  }

  private static double kernel(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
  }
}
