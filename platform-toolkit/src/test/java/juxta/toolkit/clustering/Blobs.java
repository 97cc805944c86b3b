package juxta.toolkit.clustering;

import java.util.Random;
import juxta.api.Matrix;

/** Points around well separated centres, and which centre each belongs to. */
record Blobs(Matrix points, int[] labels) {
  /** Normal with deviation 1 around centres that are 30 apart in a dimension of their own. */
  static Blobs of(int blobs, int each, int dimensions, long seed) {
    Random random = new Random(seed);
    int n = blobs * each;
    float[] values = new float[n * dimensions];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % blobs;
      for (int j = 0; j < dimensions; j++) {
        values[i * dimensions + j] =
            (float) (random.nextGaussian() + (j == labels[i] % dimensions ? 30 : 0));
      }
    }
    return new Blobs(new Matrix(n, dimensions, values), labels);
  }

  /** Normal with deviation 1 around centres that are nearer to each other than its points. */
  static Matrix near(int n, int dimensions, int blobs, long seed) {
    Random random = new Random(seed);
    float[] centres = noise(blobs, dimensions, seed + 1).values();
    float[] values = new float[n * dimensions];
    for (int i = 0; i < n; i++) {
      int from = random.nextInt(blobs) * dimensions;
      for (int j = 0; j < dimensions; j++) {
        values[i * dimensions + j] = (float) (random.nextGaussian() + 0.3 * centres[from + j]);
      }
    }
    return new Matrix(n, dimensions, values);
  }

  /** Normal in all dimensions, without any clusters. */
  static Matrix noise(int n, int dimensions, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Matrix(n, dimensions, values);
  }
}
