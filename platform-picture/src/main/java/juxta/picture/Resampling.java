package juxta.picture;

/**
 * Weights of bicubic resampling along one axis; when the picture shrinks the kernel widens, so that
 * every source pixel counts (no aliasing), as in Pillow.
 */
final class Resampling {
  /** Pillow's and OpenCV's usual sharpness of the bicubic kernel is -0.5 and -0.75; Pillow's. */
  private static final double SHARPNESS = -0.5;

  private final int[] first;
  private final float[][] weights;

  private Resampling(int[] first, float[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /**
   * Maps a stretch of the source to the whole result.
   *
   * @param source pixels of the source
   * @param start where the stretch begins
   * @param length its length
   * @param result pixels of the result
   */
  static Resampling of(int source, double start, double length, int result) {
    double scale = length / result;
    double widening = Math.max(1, scale);
    int[] first = new int[result];
    float[][] weights = new float[result][];
    for (int i = 0; i < result; i++) {
      double centre = start + (i + 0.5) * scale;
      int from = Math.max(0, (int) (centre - 2 * widening + 0.5));
      int to = Math.min(source, (int) (centre + 2 * widening + 0.5));
      float[] taps = new float[to - from];
      double sum = 0;
      for (int k = 0; k < taps.length; k++) {
        double weight = kernel((from + k + 0.5 - centre) / widening);
        taps[k] = (float) weight;
        sum += weight;
      }
      for (int k = 0; k < taps.length; k++) {
        taps[k] /= (float) sum;
      }
      first[i] = from;
      weights[i] = taps;
    }
    return new Resampling(first, weights);
  }

  private static double kernel(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
  }

  /** Index of the first source pixel that counts. */
  int first(int i) {
    return first[i];
  }

  /** Number of source pixels that count. */
  int taps(int i) {
    return weights[i].length;
  }

  float weight(int i, int tap) {
    return weights[i][tap];
  }

  /**
   * Resamples a row of pixels of three channels.
   *
   * @param source [source pixels, 3]
   * @param result takes [result pixels, 3]
   * @param at where in the result
   */
  void along(float[] source, float[] result, int at) {
    for (int x = 0; x < first.length; x++) {
      float[] taps = weights[x];
      int from = 3 * first[x];
      float red = 0;
      float green = 0;
      float blue = 0;
      for (float weight : taps) {
        red += weight * source[from];
        green += weight * source[from + 1];
        blue += weight * source[from + 2];
        from += 3;
      }
      result[at + 3 * x] = red;
      result[at + 3 * x + 1] = green;
      result[at + 3 * x + 2] = blue;
    }
  }
}
