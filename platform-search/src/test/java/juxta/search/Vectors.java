package juxta.search;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.Matrix;

/** Random vectors for tests. */
final class Vectors {
  private Vectors() {}

  static Matrix gaussian(Random random, int rows, int dimensions) {
    float[] values = new float[rows * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Matrix(rows, dimensions, values);
  }

  /** Vectors around a hundred centres, as embeddings lie: the hard case for a graph. */
  static Matrix clustered(Random random, int rows, int dimensions) {
    Matrix centres = gaussian(new Random(1), 100, dimensions);
    Matrix vectors = gaussian(random, rows, dimensions);
    for (int i = 0; i < rows; i++) {
      int centre = random.nextInt(100);
      for (int j = 0; j < dimensions; j++) {
        int at = i * dimensions + j;
        vectors.values()[at] = centres.at(centre, j) + 0.5f * vectors.values()[at];
      }
    }
    return vectors;
  }

  /** Few different directions and many equal vectors, some of other lengths: many ties. */
  static Matrix coarse(Random random, int rows, int dimensions) {
    float[] values = new float[rows * dimensions];
    for (int row = 0; row < rows; row++) {
      float length = 1 << random.nextInt(4); // a power of two: the unit vectors stay equal
      for (int i = 0; i < dimensions; i++) {
        values[row * dimensions + i] = length * (random.nextInt(3) - 1);
      }
      values[row * dimensions + random.nextInt(dimensions)] = length;
    }
    return new Matrix(rows, dimensions, values);
  }

  static List<String> ids(int rows) {
    return IntStream.range(0, rows).mapToObj(i -> "id " + i).toList();
  }
}
